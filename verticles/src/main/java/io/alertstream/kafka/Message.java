package io.alertstream.kafka;

import java.util.Optional;

/**
 * A message as Kafka delivered it. The arrays are shared, not copied, and must not be changed.
 *
 * @param timestampMillis the message's timestamp, in milliseconds since 1970
 * @param key null if the message has none
 * @param value null for a tombstone
 * @param unreadable why the message can't be read, in one line; then only its origin is known
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: messages are passed on, never compared.
public record Message(
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        byte[] key,
        byte[] value,
        Headers headers,
        Optional<String> unreadable) {

    public Message(
            String topic, int partition, long offset, long timestampMillis, byte[] key, byte[] value, Headers headers) {
        this(topic, partition, offset, timestampMillis, key, value, headers, Optional.empty());
    }

    /** A message of which only the origin is known. */
    public static Message unreadable(String topic, int partition, long offset, long timestampMillis, String why) {
        return new Message(topic, partition, offset, timestampMillis, null, null, Headers.NONE, Optional.of(why));
    }

    /** Approximate bytes in memory: key and value. */
    public int bytes() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
