package io.alertstream.loadtest.load;

/** A run that can't be started or went wrong as a whole; the message says what to change. */
public final class LoadTestException extends RuntimeException {

    public LoadTestException(String message) {
        super(message);
    }

    public LoadTestException(String message, Throwable cause) {
        super(message, cause);
    }
}
