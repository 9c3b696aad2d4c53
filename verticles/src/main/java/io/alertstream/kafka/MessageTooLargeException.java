package io.alertstream.kafka;

/** The message is too large for Kafka; a smaller one may be accepted. */
public final class MessageTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param message which topic it was sent to
     */
    public MessageTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
