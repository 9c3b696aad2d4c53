package io.alertstream.storage;

/**
 * What a store has under a name isn't usable as an object: a directory, a link, or something far too large. The store
 * itself works, and retrying doesn't help.
 */
public final class UnusableObjectException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * @param store where it is, for logs
     * @param reason the object's name, what was found and what was expected; nothing confidential
     */
    public UnusableObjectException(String store, String reason) {
        super(store + ": " + reason);
        this.reason = reason;
    }

    /** What is wrong, without the store's location. */
    public String reason() {
        return reason;
    }
}
