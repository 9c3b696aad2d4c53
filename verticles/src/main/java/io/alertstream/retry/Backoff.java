package io.alertstream.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delay between attempts: exponential with a limit. Jitter subtracts up to a half, so that clients that failed together
 * don't return together.
 *
 * @param first delay, before jitter
 * @param longest delay, whatever the other side asks for
 */
public record Backoff(Duration first, Duration longest) {

    /** For calls without an attempt limit: a dependency that returns is noticed within ten seconds. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private static final int MAX_DOUBLINGS = 20;

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "expected a first delay of at least 1 ms and a longest one not below it, got " + first + " and "
                            + longest);
        }
    }

    /**
     * The delay before the next attempt.
     *
     * @param failures attempts that failed so far, at least 1
     * @param requested delay that the other side asked for, such as {@code Retry-After}; zero if none
     */
    Duration delay(int failures, Duration requested, RandomGenerator random) {
        long limit = longest.toMillis();
        long doubled = Math.min(limit, first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS));
        long jittered = Math.max(1, doubled - (long) (random.nextDouble() * doubled / 2));
        return Duration.ofMillis(Math.max(jittered, Math.min(limit, requested.toMillis())));
    }
}
