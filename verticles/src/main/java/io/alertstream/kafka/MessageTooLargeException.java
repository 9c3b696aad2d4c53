package io.alertstream.kafka;

/** Kafka takes no message as large as this one: sending it again doesn't help, sending less does. */
public final class MessageTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param message which topic it was sent to
     */
    public MessageTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
