package io.alertstream.kafka;

/**
 * A message to be sent. The arrays are shared, not copied, and must not be changed.
 *
 * @param partition null lets Kafka's partitioner choose
 * @param key null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: messages are passed on, never compared.
public record NewMessage(String topic, Integer partition, byte[] key, byte[] value, Headers headers) {

    /** The same message for the given partition. */
    public NewMessage to(int otherPartition) {
        return new NewMessage(topic, otherPartition, key, value, headers);
    }

    /** Approximate bytes in memory: key and value. */
    public int bytes() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    /** A message without key and headers. */
    public static NewMessage of(String topic, byte[] value) {
        return new NewMessage(topic, null, null, value, Headers.NONE);
    }
}
