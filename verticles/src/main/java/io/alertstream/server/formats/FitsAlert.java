package io.alertstream.server.formats;

import io.alertstream.avro.profile.AlertView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.NullDataHDU;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * An alert as one FITS file: a primary header that identifies the alert, the cutouts as image extensions
 * ({@code DIFFERENCE}, {@code DIFFERENCE_UNCERT} and so on, for each part of each cutout), then binary tables: {@code
 * ALERT} with the packet's own values, and one for each record or list of records, named after its field. Null or
 * empty records and lists have no table. Every part has a checksum.
 */
public final class FitsAlert {

    private static final String NAME = "EXTNAME";

    private final List<BasicHDU<?>> parts = new ArrayList<>();
    private final FitsNames names = new FitsNames();
    private final Header primary;

    private FitsAlert(long id, AlertView alert) throws FitsException {
        BasicHDU<?> empty = new NullDataHDU();
        primary = empty.getHeader();
        FitsPrimary.fill(primary, id, alert);
        parts.add(empty);
    }

    /**
     * The alert as a FITS file, the same bytes for the same alert.
     *
     * @param id of the alert in the archive
     */
    public static byte[] of(long id, AlertView alert) {
        try {
            FitsAlert file = new FitsAlert(id, alert);
            for (Cutout cutout : Cutout.values()) {
                file.addImages(alert, cutout);
            }
            file.addTables(alert);
            return FitsSums.write(file.parts);
        } catch (FitsException e) {
            throw new IllegalStateException("can't write FITS: " + e.getMessage(), e);
        }
    }

    private void addImages(AlertView alert, Cutout cutout) throws FitsException {
        try {
            Optional<byte[]> file = cutout.of(alert);
            if (file.isEmpty()) {
                return;
            }
            for (BasicHDU<?> part : FitsImages.of(cutout, file.get())) {
                part.getHeader().addValue(NAME, names.unique(part.getHeader().getStringValue(NAME)), null);
                parts.add(part);
            }
        } catch (UnusableCutoutException e) {
            primary.insertComment(alert.profile().cutouts().get(cutout.lowerCase()) + " is omitted: it isn't FITS");
        }
    }

    private void addTables(AlertView view) throws FitsException {
        IndexedRecord alert = view.alert();
        List<String> cutouts = Cutout.fields(view);
        List<Schema.Field> own = new ArrayList<>();
        List<Schema.Field> inner = new ArrayList<>();
        for (Schema.Field field : alert.getSchema().getFields()) {
            if (!records(alert.get(field.pos())).isEmpty()) {
                inner.add(field);
            } else if (!cutouts.contains(field.name()) && !holdsRecords(field.schema())) {
                own.add(field);
            }
        }
        addTables("ALERT", own, List.of(alert));
        for (Schema.Field field : inner) {
            if (!cutouts.contains(field.name())) {
                List<IndexedRecord> rows = records(alert.get(field.pos()));
                addTables(field.name(), rows.get(0).getSchema().getFields(), rows);
            }
        }
    }

    private void addTables(String name, List<Schema.Field> fields, List<IndexedRecord> rows) throws FitsException {
        for (BinaryTableHDU table : FitsTable.of(fields, rows)) {
            table.getHeader().addValue(NAME, names.unique(name.toUpperCase(Locale.ROOT)), null);
            parts.add(table);
        }
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
}
