package io.alertstream.server.protocol;

/** A request that can't be answered as asked; the client gets the status and the message. */
public final class ClientErrorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    public ClientErrorException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
