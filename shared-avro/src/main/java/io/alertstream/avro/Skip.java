package io.alertstream.avro;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Skips one value of a schema without decoding it. Compiled once for the schema; stateless.
 *
 * <p>Avro's own decoders can skip as well, but they trust the bytes: an array of a billion nulls, a record that nests
 * until the stack overflows, a block whose size and items disagree. {@link AvroCursor} guards against all of these.
 */
@FunctionalInterface
interface Skip {

    /** The length of a type whose values differ in theirs. */
    int VARIABLE = -1;

    /**
     * Moves the cursor past a value.
     *
     * @throws NotAnAlertException if there is no value of the schema at the cursor
     */
    void over(AvroCursor in);

    static Skip of(Schema schema) {
        return of(schema, new IdentityHashMap<>());
    }

    /** Skips several values in a row. */
    static Skip all(List<Schema> schemas) {
        return sequence(schemas, new IdentityHashMap<>());
    }

    private static Skip of(Schema schema, Map<Schema, RecordSkip> records) {
        return switch (schema.getType()) {
            case NULL -> in -> {};
            case BOOLEAN -> in -> in.skip(1);
            case INT -> AvroCursor::readInt;
            case LONG -> AvroCursor::readLong;
            case FLOAT -> in -> in.skip(Float.BYTES);
            case DOUBLE -> in -> in.skip(Double.BYTES);
            case BYTES, STRING -> in -> in.skip(in.readLong());
            case FIXED -> bytes(schema.getFixedSize());
            case ENUM -> symbol(schema.getEnumSymbols().size());
            case UNION -> union(schema.getTypes(), records);
            case ARRAY -> items(of(schema.getElementType(), records));
            case MAP -> {
                Skip value = of(schema.getValueType(), records);
                yield items(in -> {
                    in.skip(in.readLong());
                    value.over(in);
                });
            }
            case RECORD -> {
                RecordSkip known = records.get(schema);
                if (known == null) {
                    known = new RecordSkip();
                    records.put(schema, known); // before its fields, which may refer back to it
                    known.fields = sequence(
                            schema.getFields().stream()
                                    .map(Schema.Field::schema)
                                    .toList(),
                            records);
                }
                yield known;
            }
        };
    }

    private static Skip sequence(List<Schema> schemas, Map<Schema, RecordSkip> records) {
        Skip[] steps = schemas.stream().map(schema -> of(schema, records)).toArray(Skip[]::new);
        return in -> {
            for (Skip step : steps) {
                step.over(in);
            }
        };
    }

    private static Skip bytes(int count) {
        return in -> in.skip(count);
    }

    private static Skip symbol(int count) {
        return in -> in.readIndex(count);
    }

    /** Most fields of an alert are a nullable number or flag: for these a length is faster than a call. */
    private static Skip union(List<Schema> types, Map<Schema, RecordSkip> records) {
        int[] lengths = types.stream().mapToInt(Skip::length).toArray();
        if (Arrays.stream(lengths).noneMatch(length -> length == VARIABLE)) {
            return in -> in.skip(lengths[in.readIndex(lengths.length)]);
        }
        Skip[] branches = types.stream().map(type -> of(type, records)).toArray(Skip[]::new);
        return in -> branches[in.readIndex(branches.length)].over(in);
    }

    private static int length(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> 0;
            case BOOLEAN -> 1;
            case FLOAT -> Float.BYTES;
            case DOUBLE -> Double.BYTES;
            case FIXED -> schema.getFixedSize();
            default -> VARIABLE;
        };
    }

    private static Skip items(Skip item) {
        return in -> {
            for (long count = in.readItemCount(); count != 0; count = in.readItemCount()) {
                int start = in.position();
                item.over(in);
                if (in.position() == start) {
                    in.countEmptyItems(count); // a type that takes no bytes once never takes any
                } else {
                    for (long i = 1; i < count; i++) {
                        item.over(in);
                    }
                }
            }
        };
    }

    /** Skips a record, which may contain itself. */
    final class RecordSkip implements Skip {

        private Skip fields;

        private RecordSkip() {}

        @Override
        public void over(AvroCursor in) {
            in.enterRecord();
            fields.over(in);
            in.leaveRecord();
        }
    }
}
