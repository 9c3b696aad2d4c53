package io.alertstream.server.pages;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Values of a packet's records, whatever schema version they are written in. A field has gone by several names; the first
 * that is there counts. What is missing, null, of another type or not a number is empty.
 */
final class Fields {

    private Fields() {}

    static Optional<Object> value(IndexedRecord record, String... names) {
        for (String name : names) {
            Schema.Field field = record.getSchema().getField(name);
            if (field != null) {
                return Optional.ofNullable(record.get(field.pos()));
            }
        }
        return Optional.empty();
    }

    /** As a number that isn't NaN, nor infinite. */
    static OptionalDouble number(IndexedRecord record, String... names) {
        Object value = value(record, names).orElse(null);
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** As text that isn't empty: also of ids, which a double couldn't hold. */
    static Optional<String> text(IndexedRecord record, String... names) {
        return value(record, names)
                .filter(value -> value instanceof CharSequence || value instanceof Number)
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    static Optional<IndexedRecord> record(IndexedRecord record, String... names) {
        return value(record, names).filter(IndexedRecord.class::isInstance).map(IndexedRecord.class::cast);
    }

    static List<IndexedRecord> records(IndexedRecord record, String... names) {
        return value(record, names)
                .filter(Collection.class::isInstance)
                .map(Collection.class::cast)
                .map(Fields::onlyRecords)
                .orElse(List.of());
    }

    private static List<IndexedRecord> onlyRecords(Collection<?> values) {
        return values.stream()
                .filter(IndexedRecord.class::isInstance)
                .map(IndexedRecord.class::cast)
                .toList();
    }
}
