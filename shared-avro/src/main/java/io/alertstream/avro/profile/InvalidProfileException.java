package io.alertstream.avro.profile;

/** A profile that can't be used; the message says why. */
public final class InvalidProfileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidProfileException(String message, Throwable cause) {
        super(message, cause);
    }
}
