package io.alertstream.storage;

import io.alertstream.retry.RetryPolicy.Verdict;
import java.time.Duration;

/** A store can't serve a request. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What may help. */
    public enum Remedy {
        /** Retrying: the store is temporarily overloaded or unreachable. */
        RETRY,
        /** An operator: permission, a missing bucket, a full disk. Retrying helps once that is fixed. */
        OPERATOR,
        /** A different setting: the process can't work as configured, and exits. */
        SETTINGS
    }

    private final Remedy remedy;
    private final Duration retryAfter;

    public StoreException(Remedy remedy, String message, Throwable cause) {
        this(remedy, Duration.ZERO, message, cause);
    }

    /**
     * @param retryAfter the delay that the store asked for
     */
    public StoreException(Remedy remedy, Duration retryAfter, String message, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
        this.retryAfter = retryAfter;
    }

    /** The delay that the store asked for, zero if it asked for none or the failure isn't a store's. */
    public static Duration requestedDelay(Throwable failure) {
        return failure instanceof StoreException store ? store.retryAfter : Duration.ZERO;
    }

    /** What a failed read or write says about the store, for callers that don't wait for an operator. */
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
