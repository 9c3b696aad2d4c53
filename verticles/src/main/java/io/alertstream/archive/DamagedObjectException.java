package io.alertstream.archive;

/** An object of the archive can't be read as what its name says. */
public final class DamagedObjectException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DamagedObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
