package io.alertstream.server;

/** More is asked at a time than the server takes on; what was asked isn't at fault. */
final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OverloadedException(String message) {
        super(message, null, false, false);
    }
}
