package io.alertstream.loadtest.pace;

/** Walks through a schedule; for one thread. */
public final class Pacer {

    private final Pace pace;
    private final Ticker ticker;
    private final long startNanos;
    private long number;

    public Pacer(Pace pace, Ticker ticker, long startNanos) {
        this.pace = pace;
        this.ticker = ticker;
        this.startNanos = startNanos;
    }

    /** When the next one is due; after {@link #awaitNext}, the one after it. */
    public long nextDueNanos() {
        return pace.scheduled() ? startNanos + pace.dueNanos(number) : Math.max(startNanos, ticker.nanos());
    }

    /**
     * Waits until the next one is due; returns at once if it is overdue.
     *
     * @return when it was due, on the ticker; its latency counts from then, even if it is late now
     */
    public long awaitNext() throws InterruptedException {
        long due = nextDueNanos();
        number++;
        ticker.sleepUntil(due);
        return due;
    }

    /** How many were due before a time and haven't been awaited; 0 without a schedule. */
    public long omitted(long untilNanos) {
        long omitted = 0;
        while (pace.scheduled() && startNanos + pace.dueNanos(number + omitted) - untilNanos < 0) {
            omitted++;
        }
        return omitted;
    }

    /** How many have been waited for. */
    public long number() {
        return number;
    }
}
