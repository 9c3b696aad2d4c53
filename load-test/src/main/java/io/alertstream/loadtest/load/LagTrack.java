package io.alertstream.loadtest.load;

import java.util.OptionalLong;

/**
 * A group's lag over time, with the minimum of each cycle: if that isn't zero, alerts are left for the next cycle. A
 * lag that was never seen is unknown, not zero.
 */
final class LagTrack {

    private final long cycleNanos;
    private OptionalLong last = OptionalLong.empty();
    private OptionalLong max = OptionalLong.empty();
    private OptionalLong mostLeft = OptionalLong.empty();
    private long cycle;
    private long leastOfCycle;
    private long misses;
    private String miss = "";

    LagTrack(long cycleNanos) {
        this.cycleNanos = cycleNanos;
    }

    /**
     * @param sinceNanos the time since the warm-up; if negative, the lag only counts as the last one
     */
    synchronized void seen(long lag, long sinceNanos) {
        last = OptionalLong.of(lag);
        miss = "";
        if (sinceNanos < 0) {
            return;
        }
        long now = sinceNanos / cycleNanos;
        if (max.isPresent() && now > cycle) {
            mostLeft = OptionalLong.of(Math.max(mostLeft.orElse(0), leastOfCycle));
            leastOfCycle = lag;
        }
        cycle = now;
        leastOfCycle = max.isPresent() ? Math.min(leastOfCycle, lag) : lag;
        max = OptionalLong.of(Math.max(max.orElse(0), lag));
    }

    synchronized void missed(String reason) {
        misses++;
        miss = reason;
    }

    synchronized long misses() {
        return misses;
    }

    /** Why the last look failed; empty if it succeeded. */
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
