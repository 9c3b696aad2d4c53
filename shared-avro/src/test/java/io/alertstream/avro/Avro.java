package io.alertstream.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Avro's own encoding, to compare with. */
final class Avro {

    /** One field of each type, some nested in others; {@code alertId} comes after most of them. */
    static final Schema EVERYTHING = new Schema.Parser().parse("""
            {"type": "record", "name": "alert", "namespace": "test", "fields": [
              {"name": "nothing", "type": "null"},
              {"name": "flag", "type": "boolean"},
              {"name": "small", "type": "int"},
              {"name": "single", "type": "float"},
              {"name": "twice", "type": "double"},
              {"name": "text", "type": "string"},
              {"name": "raw", "type": "bytes"},
              {"name": "hash", "type": {"type": "fixed", "name": "hash", "size": 7}},
              {"name": "band", "type": {"type": "enum", "name": "band", "symbols": ["u", "g", "r"]}},
              {"name": "either", "type": ["null", "string", "hash", {"type": "array", "items": "long"}]},
              {"name": "nested", "type": {"type": "record", "name": "inner", "fields": [
                {"name": "names", "type": {"type": "map", "values": ["null", "double"]}},
                {"name": "again", "type": ["null", "inner"]}]}},
              {"name": "list", "type": {"type": "array", "items": {"type": "array", "items": "inner"}}},
              {"name": "alertId", "type": "long"},
              {"name": "rest", "type": {"type": "map", "values": {"type": "array", "items": ["band", "hash"]}}}]}
            """);

    private Avro() {}

    static byte[] encode(Schema schema, Object datum) {
        return encode(schema, datum, out -> EncoderFactory.get().binaryEncoder(out, null));
    }

    /** Encodes arrays and maps in blocks that state their size in bytes. */
    static byte[] encodeInBlocks(Schema schema, Object datum) {
        return encode(schema, datum, out -> new EncoderFactory()
                .configureBlockSize(64)
                .blockingBinaryEncoder(out, null));
    }

    private interface ToEncoder {
        BinaryEncoder on(ByteArrayOutputStream out);
    }

    private static byte[] encode(Schema schema, Object datum, ToEncoder encoders) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = encoders.on(out);
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    /** A number as Avro writes it. */
    static byte[] number(long value) {
        return encode(Schema.create(Schema.Type.LONG), value);
    }

    /** Concatenates byte arrays. */
    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
