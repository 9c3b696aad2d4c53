package io.alertstream.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Copies keys and values out of Kafka's buffers up to a limit for each poll. A fetch is limited by what it takes on the
 * wire; compressed, it may hold a thousand times as much. What is over the limit becomes null, which Kafka's record tells
 * from a value that was null by its serialized size. For one consumer.
 */
final class BoundedDeserializer implements Deserializer<byte[]> {

    /** The largest key or value that is read: three times what our producer can send. */
    static final int MAX_BYTES = 32 << 20;

    private static final long POLL_BYTES = 32 << 20;

    private long left;

    /** Call it before each poll. */
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
