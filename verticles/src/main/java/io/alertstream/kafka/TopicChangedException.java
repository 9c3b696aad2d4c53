package io.alertstream.kafka;

/** The topic has changed since it was described: it was deleted or recreated, or its first offsets are gone. */
public final class TopicChangedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TopicChangedException(String message) {
        super(message);
    }

    public TopicChangedException(String message, Throwable cause) {
        super(message, cause);
    }
}
