package io.alertstream.server.protocol;

/** The archive has the object, but not what is needed to show it in another form; clients are told the message. */
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
