package io.alertstream.archive;

/** An object of the archive isn't what its name says. */
public final class DamagedObjectException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DamagedObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
