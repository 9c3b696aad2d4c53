package io.alertstream.loadtest.load;

import java.util.OptionalLong;

/**
 * A group's lag over time, with the least of each cycle: what is more than none there is left for the next cycle. What was
 * never seen is unknown, not none.
 */
final class LagTrack {

    private final long cycleNanos;
    private OptionalLong last = OptionalLong.empty();
    private OptionalLong max = OptionalLong.empty();
    private OptionalLong mostLeft = OptionalLong.empty();
    private long cycleEndNanos;
    private long leastOfCycle;
    private long misses;
    private String miss = "";

    LagTrack(long cycleNanos) {
        this.cycleNanos = cycleNanos;
    }

    /**
     * @param nanos when, on {@link System#nanoTime}
     * @param measured whether the warm-up is over: it counts as the last lag at any rate
     */
    synchronized void seen(long lag, long nanos, boolean measured) {
        last = OptionalLong.of(lag);
        miss = "";
        if (!measured) {
            return;
        }
        if (max.isEmpty()) {
            beginCycle(lag, nanos);
        } else if (nanos - cycleEndNanos >= 0) {
            mostLeft = OptionalLong.of(Math.max(mostLeft.orElse(0), leastOfCycle));
            beginCycle(lag, nanos);
        }
        max = OptionalLong.of(Math.max(max.orElse(0), lag));
        leastOfCycle = Math.min(leastOfCycle, lag);
    }

    private void beginCycle(long lag, long nanos) {
        cycleEndNanos = nanos + cycleNanos;
        leastOfCycle = lag;
    }

    synchronized void missed(String reason) {
        misses++;
        miss = reason;
    }

    synchronized long misses() {
        return misses;
    }

    /** Why the last look saw nothing; empty if it did. */
    synchronized String miss() {
        return miss;
    }

    synchronized OptionalLong last() {
        return last;
    }

    synchronized OptionalLong max() {
        return max;
    }

    /** Of all whole cycles; empty before the first has passed. */
    synchronized OptionalLong mostLeftInACycle() {
        return mostLeft;
    }
}
