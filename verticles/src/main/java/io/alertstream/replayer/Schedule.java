package io.alertstream.replayer;

/**
 * When visits start: at a fixed rate from the first one's start. Lateness doesn't add up, since each start follows from the
 * one that was scheduled, not from the one that happened. A visit that is still under way when the next one is due pushes
 * it: the next starts at once, and the rate goes on from there, so that no visits pile up.
 */
final class Schedule {

    private long intervalNanos;
    private long nextNanos;
    private long lastNanos;
    private boolean anyVisit;

    Schedule(long intervalNanos, long nowNanos) {
        this.intervalNanos = intervalNanos;
        this.nextNanos = nowNanos;
    }

    /** When the next visit starts. */
    long next() {
        return nextNanos;
    }

    /** Moves the next start, and all behind it, to now. */
    void startNow(long nowNanos) {
        nextNanos = nowNanos;
    }

    /** The next start can't lie in the past: after a pause the rate goes on from now. */
    void catchUp(long nowNanos) {
        nextNanos = Math.max(nextNanos, nowNanos);
    }

    /** A visit takes the next start: {@link #next} is the one after it. */
    void begin() {
        anyVisit = true;
        lastNanos = nextNanos;
        nextNanos = lastNanos + intervalNanos;
    }

    /** Changes the rate: the next visit starts this long after the last one did, but not in the past. */
    void interval(long nanos, long nowNanos) {
        intervalNanos = nanos;
        if (anyVisit) {
            nextNanos = Math.max(lastNanos + nanos, nowNanos);
        }
    }
}
