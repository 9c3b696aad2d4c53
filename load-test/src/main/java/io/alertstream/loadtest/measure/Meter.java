package io.alertstream.loadtest.measure;

import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures one kind of work: how much, how fast, how late, and what failed; for any number of threads. With a schedule,
 * it measures what was due in the window, until all of it is done. Without one, it measures what was done in the
 * window: nothing has a due time then, and what the warm-up left in the producer's buffer makes up for what the end
 * leaves there.
 */
public final class Meter {

    private static final double MEGABYTE = 1e6;

    private final String name;
    private final Window window;
    private final boolean scheduled;
    private final Latencies latencies = new Latencies();
    private final LongAdder count = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAccumulator lastNanos = new LongAccumulator(Math::max, Long.MIN_VALUE);
    private final Errors errors = new Errors();

    private final LongAdder all = new LongAdder();
    private final LongAdder allBytes = new LongAdder();
    private long shown;
    private long shownBytes;
    private long shownNanos;

    /**
     * @param scheduled whether a schedule sets due times
     */
    public Meter(String name, Window window, boolean scheduled) {
        this.name = name;
        this.window = window;
        this.scheduled = scheduled;
        shownNanos = System.nanoTime();
    }

    /** Counts one operation, with the latency from when it was due until it was done. */
    public void done(long dueNanos, long doneNanos, int size) {
        count(dueNanos, doneNanos, size);
        if (isMeasured(dueNanos, doneNanos)) {
            latencies.record(doneNanos - dueNanos);
        }
    }

    /** Counts one operation without a known latency. */
    public void count(long dueNanos, long doneNanos, int size) {
        all.increment();
        allBytes.add(size);
        if (isMeasured(dueNanos, doneNanos)) {
            count.increment();
            bytes.add(size);
            lastNanos.accumulate(doneNanos);
        }
    }

    private boolean isMeasured(long dueNanos, long doneNanos) {
        return window.holds(scheduled ? dueNanos : doneNanos);
    }

    /** Counts a failure, in or outside the window. */
    public void failed(String why) {
        errors.add(why);
    }

    /** How many operations were done, in or outside the window. */
    public long all() {
        return all.sum();
    }

    /** How many failed. */
    public long failures() {
        return errors.count();
    }

    /** A few words about what happened since the last call. */
    public synchronized String recent() {
        long now = System.nanoTime();
        double seconds = (now - shownNanos) / 1e9;
        long sum = all.sum();
        long sumBytes = allBytes.sum();
        double p99 = latencies.recentP99();
        String text = String.format(
                Locale.ROOT,
                "%s %.0f/s %.1f MB/s",
                name,
                (sum - shown) / seconds,
                (sumBytes - shownBytes) / MEGABYTE / seconds);
        if (p99 > 0) {
            text += String.format(Locale.ROOT, " p99 %.1f ms", p99);
        }
        if (failures() > 0) {
            text += " errors " + failures();
        }
        shown = sum;
        shownBytes = sumBytes;
        shownNanos = now;
        return text;
    }

    /**
     * The results. With a schedule, the rate covers the whole window including pauses; otherwise it covers the time
     * until the last operation.
     */
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        long number = count.sum();
        figures.add(new Figure(name + ".alerts", number, "", Better.HIGHER));
        if (number > 0) {
            long until = scheduled ? Math.max(window.endNanos(), lastNanos.get()) : lastNanos.get();
            double seconds = Math.max(1, until - window.startNanos()) / 1e9;
            figures.add(new Figure(name + ".rate", number / seconds, "alerts/s", Better.HIGHER));
            figures.add(new Figure(name + ".throughput", bytes.sum() / MEGABYTE / seconds, "MB/s", Better.HIGHER));
        }
        figures.addAll(latencies.figures(name + ".latency"));
        figures.addAll(errors.figures(name + ".errors"));
        return figures;
    }
}
