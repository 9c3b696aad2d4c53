package io.alertstream.server.formats;

import java.util.List;
import java.util.Optional;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.FitsException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Records as a binary table, a column a field, with units where the schema names them. A null is NaN in a column of
 * floats, {@code TNULL} in one of integers, undefined in one of logicals and empty in one of text. Text is ASCII, which is
 * all that FITS has. What has no column of its own in FITS, such as a list, is JSON in a column of text.
 */
final class FitsTable {

    private FitsTable() {}

    /**
     * A table.
     *
     * @param records at least one, all with these fields
     */
    static BinaryTableHDU of(List<Schema.Field> fields, List<? extends IndexedRecord> records) throws FitsException {
        BinaryTable table = new BinaryTable();
        for (Schema.Field field : fields) {
            table.addColumn(column(field, records));
        }
        BinaryTableHDU hdu = table.toHDU();
        for (int i = 0; i < fields.size(); i++) {
            describe(hdu, i, fields.get(i));
        }
        return hdu;
    }

    private static void describe(BinaryTableHDU hdu, int column, Schema.Field field) throws FitsException {
        hdu.setColumnName(column, field.name(), null);
        Optional<String> unit = Units.of(field.doc());
        if (unit.isPresent()) {
            hdu.setColumnMeta(column, "TUNIT", unit.get(), null);
        }
        if (field.schema().isNullable()) {
            switch (type(field.schema()).getType()) {
                case INT -> hdu.setColumnMeta(column, "TNULL", Integer.MIN_VALUE, null, true);
                case LONG -> hdu.setColumnMeta(column, "TNULL", Long.MIN_VALUE, null, true);
                default -> {
                    // Has a null by itself.
                }
            }
        }
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

    /** Never empty, for a column of no width is more than some readers can take; trailing spaces don't count in FITS. */
    private static String text(Schema schema, Schema type, Object value) {
        if (value == null) {
            return " ";
        }
        boolean plain = type.getType() == Schema.Type.STRING || type.getType() == Schema.Type.ENUM;
        String ascii = (plain ? value.toString() : JsonAlert.text(schema, value)).replaceAll("[^ -~]", "?");
        return ascii.isEmpty() ? " " : ascii;
    }

    /** The one type of a field beside null; a union of several is left as it is. */
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
