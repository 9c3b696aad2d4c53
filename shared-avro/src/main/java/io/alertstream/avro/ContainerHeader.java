package io.alertstream.avro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The header of an Avro object container file.
 *
 * @param sync the 16 bytes after each block
 * @param length of the header in bytes, which is the offset of the first block
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ContainerHeader(Schema schema, Codec codec, byte[] sync, long length) {

    static final int SYNC_BYTES = 16;

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    /** The survey's schema takes 20 kB. */
    private static final int MAX_BYTES = 4 << 20;

    /**
     * Reads the header of a file.
     *
     * @throws AlertSourceException if it isn't such a file
     */
    static ContainerHeader read(Path file) {
        byte[] front = front(file);
        if (front.length < MAGIC.length || !Arrays.equals(front, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new AlertSourceException("expected an Avro object container file, but %s %s"
                    .formatted(file, front.length == 0 ? "is empty" : "doesn't begin like one"));
        }
        try {
            AvroCursor in = new AvroCursor(front, MAGIC.length, front.length);
            Map<String, byte[]> metadata = metadata(in);
            int sync = in.position();
            in.skip(SYNC_BYTES);
            return new ContainerHeader(
                    schema(metadata), codec(metadata), Arrays.copyOfRange(front, sync, in.position()), in.position());
        } catch (NotAnAlertException e) {
            throw new AlertSourceException("the header of %s is broken: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static byte[] front(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new AlertSourceException("expected a file of alerts, but %s %s"
                    .formatted(
                            file,
                            Files.isDirectory(file)
                                    ? "is a directory"
                                    : Files.exists(file) ? "isn't a regular file" : "doesn't exist"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            throw new AlertSourceException("can't read %s: %s".formatted(file, e), e);
        }
    }

    private static Map<String, byte[]> metadata(AvroCursor in) {
        Map<String, byte[]> metadata = new HashMap<>();
        for (long count = in.readItemCount(); count != 0; count = in.readItemCount()) {
            for (long i = 0; i < count; i++) {
                metadata.put(new String(in.readBytes(), StandardCharsets.UTF_8), in.readBytes());
            }
        }
        return metadata;
    }

    private static Schema schema(Map<String, byte[]> metadata) {
        byte[] schema = metadata.get("avro.schema");
        if (schema == null) {
            throw new NotAnAlertException("expected the entry avro.schema, found " + metadata.keySet());
        }
        try {
            return SchemaParser.LENIENT.parse(new String(schema, StandardCharsets.UTF_8));
        } catch (InvalidSchemaException e) {
            throw new NotAnAlertException("expected an Avro schema in the entry avro.schema: " + e.getMessage());
        }
    }

    private static Codec codec(Map<String, byte[]> metadata) {
        byte[] codec = metadata.get("avro.codec");
        String name = codec == null ? Codec.NULL.toString() : new String(codec, StandardCharsets.UTF_8);
        return Codec.named(name)
                .orElseThrow(() -> new NotAnAlertException(
                        "expected one of the codecs %s, found %s".formatted(Codec.names(), name)));
    }
}
