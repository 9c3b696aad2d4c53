package io.alertstream.server.formats;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * An alert as strict JSON (RFC 8259): records as objects, bytes in base64, NaN and infinities as null. A 64-bit
 * integer is written as an exact number and again as a string, under its name with {@code _str}, for parsers that
 * keep only 53 bits of a number.
 */
public final class JsonAlert {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String AS_TEXT = "_str";

    private final JsonGenerator out;

    private JsonAlert(JsonGenerator out) {
        this.out = out;
    }

    /**
     * The alert as a JSON document in UTF-8.
     *
     * @param without fields of the top-level record to omit
     */
    public static byte[] of(IndexedRecord alert, Collection<String> without) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 << 10);
        try (JsonGenerator out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            new JsonAlert(out).record(alert, without);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Any value of a schema, as JSON text. */
    static String text(Schema schema, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            new JsonAlert(out).value(schema, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toString(UTF_8);
    }

    private void record(IndexedRecord record, Collection<String> without) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            if (!without.contains(field.name())) {
                field(record, field);
            }
        }
        out.writeEndObject();
    }

    private void field(IndexedRecord record, Schema.Field field) throws IOException {
        Object value = record.get(field.pos());
        out.writeFieldName(field.name());
        value(field.schema(), value);
        String asText = field.name() + AS_TEXT;
        if (value instanceof Long number && record.getSchema().getField(asText) == null) {
            out.writeStringField(asText, number.toString());
        }
    }

    private void value(Schema schema, Object value) throws IOException {
        switch (schema.getType()) {
            case UNION -> value(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
            case RECORD -> record((IndexedRecord) value, Set.of());
            case ARRAY -> {
                out.writeStartArray();
                for (Object item : (Collection<?>) value) {
                    value(schema.getElementType(), item);
                }
                out.writeEndArray();
            }
            case MAP -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    out.writeFieldName(entry.getKey().toString());
                    value(schema.getValueType(), entry.getValue());
                }
                out.writeEndObject();
            }
            case BYTES -> binary((ByteBuffer) value);
            case FIXED -> out.writeBinary(((GenericFixed) value).bytes());
            case FLOAT -> number((Float) value);
            case DOUBLE -> number((Double) value);
            case INT -> out.writeNumber((Integer) value);
            case LONG -> out.writeNumber((Long) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case STRING, ENUM -> out.writeString(value.toString());
            case NULL -> out.writeNull();
        }
    }

    private void binary(ByteBuffer bytes) throws IOException {
        out.writeBinary(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    private void number(float value) throws IOException {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private void number(double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }
}
