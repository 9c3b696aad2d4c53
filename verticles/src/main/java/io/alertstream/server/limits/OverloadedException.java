package io.alertstream.server.limits;

/** More is asked at a time than the server takes on; what was asked isn't at fault. */
public final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OverloadedException(String message) {
        super(message, null, false, false);
    }
}
