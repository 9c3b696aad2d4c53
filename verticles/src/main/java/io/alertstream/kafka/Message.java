package io.alertstream.kafka;

/**
 * A message as Kafka delivered it. The arrays are shared, not copied: nobody writes into them.
 *
 * @param timestampMillis Kafka's time of the message, milliseconds since 1970
 * @param key null where the message had none
 * @param value null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: messages are passed on, never compared.
public record Message(
        String topic, int partition, long offset, long timestampMillis, byte[] key, byte[] value, Headers headers) {

    /** Bytes that it keeps in memory, near enough: key and value. */
    public int bytes() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
