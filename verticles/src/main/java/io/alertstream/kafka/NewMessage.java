package io.alertstream.kafka;

/**
 * A message to be sent. The arrays are shared, not copied: nobody writes into them.
 *
 * @param partition null lets Kafka's partitioner choose
 * @param key null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: messages are passed on, never compared.
public record NewMessage(String topic, Integer partition, byte[] key, byte[] value, Headers headers) {

    /** A message without key and headers. */
    public static NewMessage of(String topic, byte[] value) {
        return new NewMessage(topic, null, null, value, Headers.NONE);
    }
}
