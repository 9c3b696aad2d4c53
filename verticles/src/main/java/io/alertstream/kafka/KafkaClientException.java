package io.alertstream.kafka;

/** A request to Kafka failed; the message says which. A later attempt may succeed. */
public final class KafkaClientException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public KafkaClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
