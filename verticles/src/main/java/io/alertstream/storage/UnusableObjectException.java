package io.alertstream.storage;

/**
 * What a store holds under a name can't be taken for an object: a directory, a link, or something far too large. The store
 * itself works, and trying again doesn't help.
 */
public final class UnusableObjectException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnusableObjectException(String message) {
        super(message);
    }
}
