package io.alertstream.storage;

import io.alertstream.retry.RetryPolicy.Verdict;

/** A store can't do what was asked of it. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What may help. */
    public enum Remedy {
        /** Time: the store is overloaded or out of reach for the moment. */
        RETRY,
        /** An operator: permission, a missing bucket, a full disk. Trying again helps once that is mended. */
        OPERATOR
    }

    private final Remedy remedy;

    public StoreException(Remedy remedy, String message, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** What a failed read or write says about the store, to those who don't wait for an operator. */
    public static Verdict verdict(Throwable failure) {
        if (!(failure instanceof StoreException trouble)) {
            return Verdict.ANSWER;
        }
        return trouble.remedy() == Remedy.RETRY ? Verdict.RETRY : Verdict.UNAVAILABLE;
    }

    public Remedy remedy() {
        return remedy;
    }
}
