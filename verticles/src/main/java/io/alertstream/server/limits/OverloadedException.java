package io.alertstream.server.limits;

/** The server has reached a limit; the request itself is valid and may be repeated. */
public final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public OverloadedException(String message) {
        super(message, null, false, false);
    }
}
