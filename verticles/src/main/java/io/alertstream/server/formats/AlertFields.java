package io.alertstream.server.formats;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Values of a packet's records, whatever the schema version. Where a field has had several names, the first one that the
 * schema knows counts. A value that is missing, null, of another type or not a number is empty.
 */
public final class AlertFields {

    private AlertFields() {}

    public static Optional<Object> value(IndexedRecord record, String... names) {
        for (String name : names) {
            Schema.Field field = record.getSchema().getField(name);
            if (field != null) {
                return Optional.ofNullable(record.get(field.pos()));
            }
        }
        return Optional.empty();
    }

    /** A finite number. */
    public static OptionalDouble number(IndexedRecord record, String... names) {
        Object value = value(record, names).orElse(null);
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** Text that isn't blank; also an id, which a double couldn't hold. */
    public static Optional<String> text(IndexedRecord record, String... names) {
        return value(record, names)
                .filter(value -> value instanceof CharSequence || value instanceof Number)
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    public static Optional<IndexedRecord> record(IndexedRecord record, String... names) {
        return value(record, names).filter(IndexedRecord.class::isInstance).map(IndexedRecord.class::cast);
    }

    public static List<IndexedRecord> records(IndexedRecord record, String... names) {
        return value(record, names)
                .filter(Collection.class::isInstance)
                .map(Collection.class::cast)
                .map(AlertFields::onlyRecords)
                .orElse(List.of());
    }

    /** When the alert's source was seen, the middle of the exposure: MJD, TAI. */
    public static OptionalDouble midpoint(IndexedRecord source) {
        return number(source, "midpointMjdTai", "midPointTai");
    }

    /** The filter that the source was seen through. */
    public static Optional<String> band(IndexedRecord source) {
        return text(source, "band", "filterName");
    }

    private static List<IndexedRecord> onlyRecords(Collection<?> values) {
        return values.stream()
                .filter(IndexedRecord.class::isInstance)
                .map(IndexedRecord.class::cast)
                .toList();
    }
}
