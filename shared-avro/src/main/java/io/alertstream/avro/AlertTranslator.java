package io.alertstream.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.ResolvingDecoder;

/**
 * Rewrites alerts of one schema in another, by Avro's rules of schema resolution: fields match by name, the target's
 * defaults fill in for what is missing, fields that the target doesn't have are dropped. For one thread at a time.
 *
 * <p>Each version of the survey's schema has a namespace of its own. Records match if their names without the namespace
 * are equal.
 */
final class AlertTranslator {

    private static final Pattern FOUND = Pattern.compile("^Found ([^\\s,]+)");

    private final PathReader reader;
    private final GenericDatumWriter<IndexedRecord> writer;

    /** Full names of the file's types, keyed by the full names of the corresponding target types. */
    private final Map<String, String> namesInFile = new HashMap<>();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private BinaryDecoder decoder;
    private BinaryEncoder encoder;

    AlertTranslator(Schema from, Schema to) {
        Schema target = withAliases(to, from);
        reader = new PathReader(from, target);
        writer = new GenericDatumWriter<>(target);
    }

    /**
     * The same alert in the target schema.
     *
     * @param offset where the Avro binary begins; the alert must be one that {@link Skip} can skip
     * @throws NotAnAlertException if the alert can't be written in the target, with the field's path
     */
    byte[] translate(byte[] bytes, int offset, int length) {
        decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, decoder);
        out.reset();
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        try {
            writer.write(reader.read(decoder), encoder);
            encoder.flush();
        } catch (AvroRuntimeException | IOException e) {
            throw new NotAnAlertException(reader.place() + inNamesOfTheFile(String.valueOf(e.getMessage())));
        }
        return out.toByteArray();
    }

    /** Puts the file's type names back into a message: Avro uses their aliases, the target's names. */
    private String inNamesOfTheFile(String message) {
        Matcher matcher = FOUND.matcher(message);
        return matcher.find() && namesInFile.containsKey(matcher.group(1))
                ? "Found " + namesInFile.get(matcher.group(1)) + message.substring(matcher.end(1))
                : message;
    }

    /** A copy of a schema, with the full names of the other schema's types as aliases of its own. */
    private Schema withAliases(Schema schema, Schema other) {
        Map<String, Schema> types = new HashMap<>();
        Schema copy = new Schema.Parser().parse(schema.toString());
        collectNamed(copy, types);
        Map<String, Schema> others = new HashMap<>();
        collectNamed(other, others);
        Map<String, Schema> bySimpleName = new HashMap<>();
        types.values().forEach(type -> bySimpleName.put(type.getName(), type));
        others.forEach((fullName, type) -> {
            Schema same = bySimpleName.get(type.getName());
            if (same != null && !types.containsKey(fullName)) {
                same.addAlias(type.getName(), type.getNamespace() == null ? "" : type.getNamespace());
                namesInFile.put(same.getFullName(), fullName);
            }
        });
        return copy;
    }

    private static void collectNamed(Schema schema, Map<String, Schema> types) {
        switch (schema.getType()) {
            case RECORD -> {
                if (types.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collectNamed(field.schema(), types));
                }
            }
            case ENUM, FIXED -> types.put(schema.getFullName(), schema);
            case ARRAY -> collectNamed(schema.getElementType(), types);
            case MAP -> collectNamed(schema.getValueType(), types);
            case UNION -> schema.getTypes().forEach(type -> collectNamed(type, types));
            default -> {}
        }
    }

    /** Remembers the path of the field that is being read. */
    private static final class PathReader extends GenericDatumReader<IndexedRecord> {

        private final Deque<String> path = new ArrayDeque<>();

        PathReader(Schema from, Schema to) {
            super(from, to, new GenericData());
            getData().setFastReaderEnabled(false); // the fast reader doesn't call readField
        }

        IndexedRecord read(BinaryDecoder in) throws IOException {
            path.clear();
            return read(null, in);
        }

        String place() {
            return path.isEmpty() ? "" : String.join(".", path) + ": ";
        }

        @Override
        protected void readField(Object record, Schema.Field field, Object old, ResolvingDecoder in, Object state)
                throws IOException {
            path.addLast(field.name());
            ((IndexedRecord) record).put(field.pos(), read(old, field.schema(), in));
            path.removeLast();
        }
    }
}
