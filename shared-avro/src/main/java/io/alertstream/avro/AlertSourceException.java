package io.alertstream.avro;

/** A source of alerts can't be used. The message says what was expected, what was found, and where. */
public final class AlertSourceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public AlertSourceException(String message) {
        super(message);
    }

    public AlertSourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
