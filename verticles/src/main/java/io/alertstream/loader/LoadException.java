package io.alertstream.loader;

/** A visit can't be loaded. The message says why, and in what state the static topic is or which setting to change. */
final class LoadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LoadException(String message) {
        super(message);
    }

    LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
