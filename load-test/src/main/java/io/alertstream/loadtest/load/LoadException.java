package io.alertstream.loadtest.load;

/** A run that can't be started or went wrong as a whole; the message says what to change. */
public final class LoadException extends RuntimeException {

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
