package io.alertstream.server.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.NullDataHDU;
import nom.tam.util.FitsOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * An alert as one FITS file: an empty primary header, the cutouts as image extensions ({@code DIFFERENCE},
 * {@code DIFFERENCE_UNCERT} and so on, for each part of each cutout), then binary tables: {@code ALERT} with the packet's
 * own values, and one for each record or list of records in it, under the field's name. Records and lists that are null
 * or empty have no table.
 */
public final class FitsAlert {

    private static final String NAME = "EXTNAME";

    private final Fits fits = new Fits();
    private final Header primary;

    private FitsAlert() throws FitsException {
        BasicHDU<?> empty = new NullDataHDU();
        primary = empty.getHeader();
        fits.addHDU(empty);
    }

    /** The alert as a FITS file. */
    public static byte[] of(IndexedRecord alert) {
        try {
            FitsAlert file = new FitsAlert();
            for (Cutout cutout : Cutout.values()) {
                file.images(alert, cutout);
            }
            file.tables(alert);
            return file.bytes();
        } catch (FitsException e) {
            throw new IllegalStateException("can't write FITS: " + e.getMessage(), e);
        }
    }

    private void images(IndexedRecord alert, Cutout cutout) throws FitsException {
        Optional<byte[]> file = cutout.of(alert);
        if (file.isEmpty()) {
            return;
        }
        List<BasicHDU<?>> parts;
        try {
            parts = FitsParts.read(file.get());
        } catch (UnusableCutoutException e) {
            primary.insertComment(cutout.field() + " is left out, it isn't FITS");
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            BasicHDU<?> part = parts.get(i);
            String name = part.getHeader()
                    .getStringValue(NAME, i == 0 ? "" : Integer.toString(i))
                    .strip();
            part.getHeader().addValue(NAME, cutout.name() + (i == 0 ? "" : "_" + name), null);
            fits.addHDU(part);
        }
    }

    private void tables(IndexedRecord alert) throws FitsException {
        List<Schema.Field> own = new ArrayList<>();
        List<BasicHDU<?>> tables = new ArrayList<>();
        for (Schema.Field field : alert.getSchema().getFields()) {
            List<IndexedRecord> rows = records(alert.get(field.pos()));
            if (!rows.isEmpty()) {
                tables.add(table(field.name(), rows));
            } else if (!Cutout.fields().contains(field.name()) && !holdsRecords(field.schema())) {
                own.add(field);
            }
        }
        BasicHDU<?> top = FitsTable.of(own, List.of(alert));
        top.getHeader().addValue(NAME, "ALERT", null);
        fits.addHDU(top);
        for (BasicHDU<?> table : tables) {
            fits.addHDU(table);
        }
    }

    private static BasicHDU<?> table(String name, List<IndexedRecord> rows) throws FitsException {
        BasicHDU<?> table = FitsTable.of(rows.get(0).getSchema().getFields(), rows);
        table.getHeader().addValue(NAME, name.toUpperCase(Locale.ROOT), null);
        return table;
    }

    /** The records of a field: one, those of a list, or none if it holds something else. */
    private static List<IndexedRecord> records(Object value) {
        if (value instanceof IndexedRecord one) {
            return List.of(one);
        }
        if (value instanceof Collection<?> many && many.stream().allMatch(IndexedRecord.class::isInstance)) {
            List<IndexedRecord> records =
                    many.stream().map(IndexedRecord.class::cast).toList();
            boolean alike =
                    records.stream().map(IndexedRecord::getSchema).distinct().count() <= 1;
            return alike ? records : List.of();
        }
        return List.of();
    }

    private static boolean holdsRecords(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> true;
            case ARRAY -> holdsRecords(schema.getElementType());
            case UNION -> schema.getTypes().stream().anyMatch(FitsAlert::holdsRecords);
            default -> false;
        };
    }

    private byte[] bytes() throws FitsException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 << 10);
        try (FitsOutputStream out = new FitsOutputStream(bytes)) {
            fits.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
