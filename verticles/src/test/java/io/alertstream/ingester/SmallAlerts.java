package io.alertstream.ingester;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.avro.WireFormat;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Small alerts with a schema of their own. */
public final class SmallAlerts {

    public static final String TOPIC = "alerts";
    public static final int SCHEMA_ID = 900;
    public static final String SCHEMA = """
            {"type": "record", "name": "alert", "fields": [
              {"name": "note", "type": "string"},
              {"name": "diaSourceId", "type": "long"},
              {"name": "cutout", "type": "bytes"}]}
            """;

    private SmallAlerts() {}

    public static byte[] packet(long id, String cutout) {
        return WireFormat.write(SCHEMA_ID, avro(id, cutout));
    }

    public static byte[] avro(long id, String cutout) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            encoder.writeString("a note");
            encoder.writeLong(id);
            encoder.writeBytes(cutout.getBytes(UTF_8));
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message message(int partition, long offset, byte[] value) {
        return new Message(TOPIC, partition, offset, 1_700_000_000_000L + offset, null, value, Headers.NONE);
    }

    /** An alert whose id is its offset. */
    static Message alert(int partition, long offset) {
        return message(partition, offset, packet(offset, "cutout"));
    }
}
