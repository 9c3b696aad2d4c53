package io.alertstream.ingester;

import java.time.Duration;
import java.util.OptionalLong;

/** Keeps the same line from filling the log: one at once, then one in each interval at most. For one thread. */
final class LogThrottle {

    private final long intervalNanos;
    private long lastNanos;
    private boolean any;
    private long counted;

    LogThrottle(Duration interval) {
        this.intervalNanos = interval.toNanos();
    }

    /** Counts an event; how many came since the last line, if it is time for another. */
    OptionalLong count() {
        counted++;
        long now = System.nanoTime();
        if (any && now - lastNanos < intervalNanos) {
            return OptionalLong.empty();
        }
        any = true;
        lastNanos = now;
        long since = counted;
        counted = 0;
        return OptionalLong.of(since);
    }
}
