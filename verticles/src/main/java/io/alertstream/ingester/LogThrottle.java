package io.alertstream.ingester;

import java.time.Duration;
import java.util.OptionalLong;

/** Limits a log line to one per interval; the first is due at once. For one thread. */
final class LogThrottle {

    private final long intervalNanos;
    private long lastNanos;
    private boolean any;
    private long counted;

    LogThrottle(Duration interval) {
        this.intervalNanos = interval.toNanos();
    }

    /** Counts an event. Returns the number of events since the previous line if another line is due. */
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
