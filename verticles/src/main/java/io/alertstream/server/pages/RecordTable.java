package io.alertstream.server.pages;

import io.alertstream.server.formats.Units;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * A packet as a table: a group for its own fields and one for each nested record. Lists are shown by their number of
 * items, bytes by their length.
 */
record RecordTable(List<Group> groups) {

    /** Longer text is truncated; the JSON has all of it. */
    private static final int MAX_LENGTH = 2_000;

    private static final int MAX_ITEMS = 200;

    /** The survey's records are nested two deep; a recursive schema has no limit. */
    private static final int MAX_DEPTH = 8;

    /** The fields of a record. */
    record Group(String name, List<Row> rows) {}

    /**
     * A field.
     *
     * @param missing whether the value is null or NaN
     */
    record Row(String name, String value, boolean missing, String unit, String description) {}

    static RecordTable of(IndexedRecord alert) {
        RecordTable table = new RecordTable(new ArrayList<>());
        table.add(alert.getSchema().getName(), "", alert, MAX_DEPTH);
        return table;
    }

    private void add(String name, String prefix, IndexedRecord record, int depth) {
        groups.add(new Group(name, rows(record)));
        for (Schema.Field field : record.getSchema().getFields()) {
            if (depth > 0 && record.get(field.pos()) instanceof IndexedRecord inner) {
                String path = prefix + field.name();
                add(path, path + ".", inner, depth - 1);
            }
        }
    }

    public int fields() {
        return groups.stream().mapToInt(group -> group.rows().size()).sum();
    }

    private static List<Row> rows(IndexedRecord record) {
        List<Row> rows = new ArrayList<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (!(value instanceof IndexedRecord)) {
                String unit = Units.of(field).orElse("");
                rows.add(new Row(field.name(), text(value), missing(value), unit, Units.without(field.doc())));
            }
        }
        return rows;
    }

    private static boolean missing(Object value) {
        return value == null || (value instanceof Number number && Double.isNaN(number.doubleValue()));
    }

    private static String text(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes(bytes.remaining());
        }
        if (value instanceof GenericFixed fixed) {
            return bytes(fixed.bytes().length);
        }
        if (value instanceof Collection<?> many) {
            if (many.isEmpty()) {
                return "none";
            }
            boolean records = many.stream().anyMatch(IndexedRecord.class::isInstance);
            return records ? many.size() + (many.size() == 1 ? " record" : " records") : items(many);
        }
        return cut(value.toString());
    }

    private static String bytes(int count) {
        return String.format(Locale.ROOT, "%,d bytes", count);
    }

    private static String items(Collection<?> many) {
        String first = many.stream().limit(MAX_ITEMS).map(String::valueOf).collect(Collectors.joining(", "));
        return cut(many.size() > MAX_ITEMS ? first + ", …" : first);
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + " …";
    }
}
