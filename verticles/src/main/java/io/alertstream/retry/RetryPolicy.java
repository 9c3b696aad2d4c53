package io.alertstream.retry;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which failures are retried, how often and how soon.
 *
 * @param attempts per call, including the first
 * @param verdict what a failure says about the dependency
 * @param requested delay that a failure asks for, zero if none; limited by the backoff's longest delay
 */
public record RetryPolicy(
        Backoff backoff, int attempts, Function<Throwable, Verdict> verdict, Function<Throwable, Duration> requested) {

    /** What a failure says about the dependency. */
    public enum Verdict {
        /** It is unavailable, and another attempt may succeed. */
        RETRY,
        /** It is unavailable, and another attempt would fail too. */
        UNAVAILABLE,
        /** It works: the failure is its answer. */
        ANSWER
    }

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("expected at least one attempt, got " + attempts);
        }
    }

    /** Retries until the call succeeds, or fails with something that isn't transient. */
    public static RetryPolicy unlimited(
            Backoff backoff, Predicate<Throwable> isTransient, Function<Throwable, Duration> requested) {
        return new RetryPolicy(
                backoff,
                Integer.MAX_VALUE,
                failure -> isTransient.test(failure) ? Verdict.RETRY : Verdict.ANSWER,
                requested);
    }

    /** The same, where no failure asks for a delay. */
    public static RetryPolicy unlimited(Backoff backoff, Predicate<Throwable> isTransient) {
        return unlimited(backoff, isTransient, failure -> Duration.ZERO);
    }
}
