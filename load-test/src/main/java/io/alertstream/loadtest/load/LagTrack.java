package io.alertstream.loadtest.load;

/** A group's lag over time, with the least of each cycle: what is more than none there is left for the next cycle. */
final class LagTrack {

    private final int samplesACycle;
    private int samples;
    private long misses;
    private long last;
    private long max;
    private long leastOfCycle = Long.MAX_VALUE;
    private long mostLeft;

    LagTrack(int samplesACycle) {
        this.samplesACycle = samplesACycle;
    }

    synchronized void seen(long lag) {
        last = lag;
        max = Math.max(max, lag);
        leastOfCycle = Math.min(leastOfCycle, lag);
        samples++;
        if (samples % samplesACycle == 0) {
            mostLeft = Math.max(mostLeft, leastOfCycle);
            leastOfCycle = Long.MAX_VALUE;
        }
    }

    synchronized void missed() {
        misses++;
    }

    synchronized long misses() {
        return misses;
    }

    synchronized long last() {
        return last;
    }

    synchronized long max() {
        return max;
    }

    /** Of all whole cycles; 0 before the first has passed. */
    synchronized long mostLeftInACycle() {
        return mostLeft;
    }
}
