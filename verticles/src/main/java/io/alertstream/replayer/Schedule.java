package io.alertstream.replayer;

/**
 * When visits start: at a fixed rate from the first one's start, with pauses of several intervals where a night has
 * them. Delays don't accumulate, because each start is computed from the previous scheduled time, not from the actual
 * one. A visit that is still running when the next one is due postpones it: the next starts right after it and the rate
 * continues from there, so that visits don't pile up.
 */
final class Schedule {

    private long intervalNanos;
    private long nextNanos;
    private long lastNanos;
    private int slots = 1;
    private boolean anyVisit;
    private boolean paused;

    Schedule(long intervalNanos, long nowNanos, boolean paused) {
        this.intervalNanos = intervalNanos;
        this.nextNanos = nowNanos;
        this.paused = paused;
    }

    /** When the next visit starts, unless the schedule is paused. */
    long next() {
        return nextNanos;
    }

    boolean paused() {
        return paused;
    }

    void pause() {
        paused = true;
    }

    /** Visits start again: at the next scheduled time, or now if that has passed. */
    void resume(long nowNanos) {
        paused = false;
        catchUp(nowNanos);
    }

    /** Moves the next start, and all after it, to now. */
    void startNow(long nowNanos) {
        nextNanos = nowNanos;
    }

    /** The next visit starts this many intervals after the last one did, but not in the past. */
    void slots(int number, long nowNanos) {
        if (anyVisit && slots != number) {
            slots = number;
            nextNanos = Math.max(lastNanos + slots * intervalNanos, nowNanos);
        }
    }

    /** Skips missed starts: if the next one is in the past, the rate continues from now. */
    void catchUp(long nowNanos) {
        nextNanos = Math.max(nextNanos, nowNanos);
    }

    /**
     * A visit takes the next start: {@link #next} is the one after it.
     *
     * @return when the visit was scheduled to start
     */
    long begin() {
        anyVisit = true;
        slots = 1;
        lastNanos = nextNanos;
        nextNanos = lastNanos + intervalNanos;
        return lastNanos;
    }

    /** Changes the rate: the next visit starts this many intervals after the last one did, but not in the past. */
    void interval(long nanos, long nowNanos) {
        intervalNanos = nanos;
        if (anyVisit) {
            nextNanos = Math.max(lastNanos + slots * nanos, nowNanos);
        }
    }
}
