package io.alertstream.storage;

/**
 * What a store holds under a name can't be taken for an object: a directory, a link, or something far too large. The store
 * itself works, and trying again doesn't help.
 */
public final class UnusableObjectException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * @param store where it is, for logs
     * @param reason the object's name, what is there and what was expected: fit for anybody's eyes
     */
    public UnusableObjectException(String store, String reason) {
        super(store + ": " + reason);
        this.reason = reason;
    }

    /** What is wrong, without where the store is. */
    public String reason() {
        return reason;
    }
}
