package io.alertstream.server.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.FitsException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Records as binary tables with one column per field, and with the units and descriptions of the schema. FITS allows
 * 999 columns: records with more fields continue in further tables with the same rows. A null is NaN in a column of
 * floats, {@code TNULL} in one of integers, undefined in one of logicals and empty in one of text. Text is ASCII, since
 * FITS has nothing else. A value without a column type in FITS, such as a list, is JSON in a text column.
 */
final class FitsTable {

    /** The standard's limit (4.0, section 7.3.1), which comes from keywords of eight characters. */
    static final int MAX_COLUMNS = 999;

    private static final int MAX_DESCRIPTION = 500;

    private FitsTable() {}

    /**
     * The tables, none if there are no fields.
     *
     * @param records at least one, all with these fields
     */
    static List<BinaryTableHDU> of(List<Schema.Field> fields, List<? extends IndexedRecord> records)
            throws FitsException {
        FitsNames names = new FitsNames();
        List<BinaryTableHDU> tables = new ArrayList<>();
        for (int from = 0; from < fields.size(); from += MAX_COLUMNS) {
            tables.add(table(fields.subList(from, Math.min(fields.size(), from + MAX_COLUMNS)), records, names));
        }
        return tables;
    }

    private static BinaryTableHDU table(
            List<Schema.Field> fields, List<? extends IndexedRecord> records, FitsNames names) throws FitsException {
        BinaryTable table = new BinaryTable();
        for (Schema.Field field : fields) {
            table.addColumn(column(field, records));
        }
        BinaryTableHDU hdu = table.toHDU();
        for (int i = 0; i < fields.size(); i++) {
            describe(hdu, i, fields.get(i), names.unique(fields.get(i).name()));
        }
        return hdu;
    }

    private static void describe(BinaryTableHDU hdu, int column, Schema.Field field, String name) throws FitsException {
        hdu.setColumnName(column, name, null);
        Schema type = type(field.schema());
        Optional<String> unit = Units.of(field);
        if (unit.isPresent()) {
            hdu.setColumnMeta(column, "TUNIT", unit.get(), null);
        }
        String description = description(field, name);
        if (!description.isEmpty()) {
            hdu.setColumnMeta(column, "TCOMM", description, null);
        }
        Optional<String> display = display(type);
        if (display.isPresent()) {
            hdu.setColumnMeta(column, "TDISP", display.get(), null);
        }
        if (field.schema().isNullable()) {
            switch (type.getType()) {
                case INT -> hdu.setColumnMeta(column, "TNULL", Integer.MIN_VALUE, null, true);
                case LONG -> hdu.setColumnMeta(column, "TNULL", Long.MIN_VALUE, null, true);
                default -> {
                    // This type has its own null.
                }
            }
        }
    }

    /** The field's description, preceded by the field's name if the column's differs. */
    private static String description(Schema.Field field, String column) {
        String text = ascii(Units.without(field.doc())).strip();
        String named = column.equals(field.name()) ? "" : "Field " + field.name() + ". ";
        String all = (named + text).strip();
        return all.length() <= MAX_DESCRIPTION ? all : all.substring(0, MAX_DESCRIPTION) + " ...";
    }

    /** As many digits as the type holds. */
    private static Optional<String> display(Schema type) {
        return switch (type.getType()) {
            case INT -> Optional.of("I11");
            case LONG -> Optional.of("I20");
            case FLOAT -> Optional.of("G15.7");
            case DOUBLE -> Optional.of("G25.16");
            default -> Optional.empty();
        };
    }

    private static Object column(Schema.Field field, List<? extends IndexedRecord> records) {
        Schema type = type(field.schema());
        Object[] values =
                records.stream().map(record -> record.get(field.pos())).toArray();
        int count = values.length;
        switch (type.getType()) {
            case INT -> {
                int[] column = new int[count];
                for (int i = 0; i < count; i++) {
                    column[i] = values[i] instanceof Integer value ? value : Integer.MIN_VALUE;
                }
                return column;
            }
            case LONG -> {
                long[] column = new long[count];
                for (int i = 0; i < count; i++) {
                    column[i] = values[i] instanceof Long value ? value : Long.MIN_VALUE;
                }
                return column;
            }
            case FLOAT -> {
                float[] column = new float[count];
                for (int i = 0; i < count; i++) {
                    column[i] = values[i] instanceof Float value ? value : Float.NaN;
                }
                return column;
            }
            case DOUBLE -> {
                double[] column = new double[count];
                for (int i = 0; i < count; i++) {
                    column[i] = values[i] instanceof Double value ? value : Double.NaN;
                }
                return column;
            }
            case BOOLEAN -> {
                Boolean[] column = new Boolean[count];
                for (int i = 0; i < count; i++) {
                    column[i] = (Boolean) values[i];
                }
                return column;
            }
            default -> {
                String[] column = new String[count];
                for (int i = 0; i < count; i++) {
                    column[i] = text(field.schema(), type, values[i]);
                }
                return column;
            }
        }
    }

    /** Never empty, since some readers fail on columns of no width; trailing spaces don't matter in FITS. */
    private static String text(Schema schema, Schema type, Object value) {
        if (value == null) {
            return " ";
        }
        boolean plain = type.getType() == Schema.Type.STRING || type.getType() == Schema.Type.ENUM;
        String ascii = ascii(plain ? value.toString() : JsonAlert.text(schema, value));
        return ascii.isEmpty() ? " " : ascii;
    }

    static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    /** The field's type besides null; a union of several types is returned as it is. */
    private static Schema type(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> types = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return types.size() == 1 ? types.get(0) : schema;
    }
}
