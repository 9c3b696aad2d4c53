package io.alertstream.kafka;

/** Kafka didn't do what it was asked to; the message says what that was. Trying again later may help. */
public final class KafkaClientException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public KafkaClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
