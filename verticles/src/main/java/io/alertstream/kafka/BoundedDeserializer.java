package io.alertstream.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Copies keys and values out of Kafka's buffers, up to a limit per poll. A fetch is limited by its compressed size,
 * and may unpack to a thousand times as much. A key or value over the limit becomes null; the record's serialized
 * size distinguishes it from one that was null. For one consumer.
 */
final class BoundedDeserializer implements Deserializer<byte[]> {

    /** The largest key or value that is read: three times the largest that our producer sends. */
    static final int MAX_BYTES = 32 << 20;

    private static final long POLL_BYTES = 32 << 20;

    private long left;

    /** Must be called before each poll. */
    void refill() {
        left = POLL_BYTES;
    }

    @Override
    public byte[] deserialize(String topic, byte[] data) {
        return deserialize(topic, null, data == null ? null : ByteBuffer.wrap(data));
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
        if (data == null) {
            return null;
        }
        int bytes = data.remaining();
        boolean firstOfPoll = left == POLL_BYTES;
        if (bytes > MAX_BYTES || (bytes > left && !firstOfPoll)) {
            return null;
        }
        left -= bytes;
        byte[] copy = new byte[bytes];
        data.get(copy);
        return copy;
    }
}
