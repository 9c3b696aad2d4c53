package io.alertstream.loadtest.measure;

import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Percentiles of durations, to three digits; for any number of threads. */
public final class Latencies {

    private static final int DIGITS = 3;
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(24);
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private final Recorder recorder = new Recorder(MAX_MICROS, DIGITS);
    private final Histogram total = new Histogram(MAX_MICROS, DIGITS);

    public void record(long nanos) {
        recorder.recordValue(Math.min(MAX_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos))));
    }

    /** The 99th percentile in ms since the last call; 0 if nothing was recorded. */
    public double recentP99() {
        return take().getValueAtPercentile(99) / 1000.0;
    }

    /** How many there are. */
    public long count() {
        take();
        synchronized (total) {
            return total.getTotalCount();
        }
    }

    /** Percentiles in ms, and none if nothing was recorded. */
    public List<Figure> figures(String prefix) {
        take();
        List<Figure> figures = new ArrayList<>();
        synchronized (total) {
            if (total.getTotalCount() > 0) {
                for (double percentile : PERCENTILES) {
                    String name = percentile == 100
                            ? "max"
                            : "p" + (percentile == 99.9 ? "99.9" : String.valueOf((int) percentile));
                    double millis = total.getValueAtPercentile(percentile) / 1000.0;
                    figures.add(new Figure(prefix + "." + name, millis, "ms", Better.LOWER));
                }
            }
        }
        return figures;
    }

    private Histogram take() {
        synchronized (total) {
            Histogram recent = recorder.getIntervalHistogram();
            total.add(recent);
            return recent;
        }
    }
}
