package io.alertstream.avro.profile;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Values of a packet's records in any schema version. If a field has several names, the first that the schema has is
 * used. A value that is missing, null, NaN or of another type is empty.
 */
public final class AlertFields {

    private AlertFields() {}

    public static Optional<Object> value(IndexedRecord record, List<String> names) {
        for (String name : names) {
            Schema.Field field = record.getSchema().getField(name);
            if (field != null) {
                return Optional.ofNullable(record.get(field.pos()));
            }
        }
        return Optional.empty();
    }

    public static OptionalDouble number(IndexedRecord record, String... names) {
        return number(record, List.of(names));
    }

    /** A finite number. */
    public static OptionalDouble number(IndexedRecord record, List<String> names) {
        Object value = value(record, names).orElse(null);
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    public static Optional<String> text(IndexedRecord record, String... names) {
        return text(record, List.of(names));
    }

    /** Non-blank text; also for ids, which a double can't hold exactly. */
    public static Optional<String> text(IndexedRecord record, List<String> names) {
        return value(record, names)
                .filter(value -> value instanceof CharSequence || value instanceof Number)
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    public static Optional<IndexedRecord> record(IndexedRecord record, String... names) {
        return record(record, List.of(names));
    }

    public static Optional<IndexedRecord> record(IndexedRecord record, List<String> names) {
        return value(record, names).filter(IndexedRecord.class::isInstance).map(IndexedRecord.class::cast);
    }

    public static List<IndexedRecord> records(IndexedRecord record, List<String> names) {
        return value(record, names)
                .filter(Collection.class::isInstance)
                .map(Collection.class::cast)
                .map(AlertFields::onlyRecords)
                .orElse(List.of());
    }

    private static List<IndexedRecord> onlyRecords(Collection<?> values) {
        return values.stream()
                .filter(IndexedRecord.class::isInstance)
                .map(IndexedRecord.class::cast)
                .toList();
    }
}
