package io.alertstream.avro;

/** Bytes that should be an alert are not. The message says what was expected, what was found, and at which byte. */
public final class NotAnAlertException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NotAnAlertException(String message) {
        super(message);
    }
}
