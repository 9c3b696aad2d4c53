package io.alertstream.ingester;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: doubled each time up to a limit, then cut by up to a half at random. */
record Backoff(Duration first, Duration limit) {

    static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private static final int MAX_DOUBLINGS = 30;

    /**
     * @param failures how many attempts failed so far, at least 1
     */
    Duration afterFailures(int failures, RandomGenerator random) {
        long whole = Math.min(limit.toMillis(), first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS));
        return Duration.ofMillis(Math.max(1, whole - (long) (whole * random.nextDouble() / 2)));
    }
}
