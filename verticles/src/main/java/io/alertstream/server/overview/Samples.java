package io.alertstream.server.overview;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last two minutes of a figure that is sampled about once a second. Times are milliseconds since 1970. */
final class Samples {

    static final int POINTS = 60;
    static final long STEP_MILLIS = 2_000;

    /** Values within a longer gap between samples are unknown. */
    private static final long GAP_MILLIS = 10_000;

    private static final long RATE_MILLIS = 5_000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long millis, double value) {}

    void add(long now, long value) {
        samples.addLast(new Sample(now, (double) value));
        while (samples.getFirst().millis() < now - (POINTS + 2) * STEP_MILLIS) {
            samples.removeFirst();
        }
    }

    /** The figure's growth over the last seconds, at least 0; null if unknown. */
    Double perSecond(long now) {
        Sample last = samples.peekLast();
        if (last == null || now - last.millis() > GAP_MILLIS) {
            return null;
        }
        Sample first = samples.stream()
                .filter(sample -> sample.millis() >= last.millis() - RATE_MILLIS)
                .findFirst()
                .orElse(last);
        long millis = last.millis() - first.millis();
        return millis == 0 ? null : growth(first.value(), last.value(), millis);
    }

    /** The figure at each of the last {@link #POINTS} steps, latest last; null where unknown. */
    List<Double> values(long now) {
        List<Double> values = new ArrayList<>();
        for (long at = firstStep(now); values.size() < POINTS; at += STEP_MILLIS) {
            values.add(at(at));
        }
        return values;
    }

    /** The growth in each of the last {@link #POINTS} steps, as {@link #perSecond}. */
    List<Double> rates(long now) {
        List<Double> rates = new ArrayList<>();
        Double before = at(firstStep(now) - STEP_MILLIS);
        for (Double value : values(now)) {
            rates.add(before == null || value == null ? null : growth(before, value, STEP_MILLIS));
            before = value;
        }
        return rates;
    }

    /** The latest sample; null if there is none. */
    Double last() {
        return samples.isEmpty() ? null : samples.getLast().value();
    }

    /** Whether the figure was at or below the limit at any time since then. */
    boolean wasAtMost(double limit, long since) {
        return samples.stream().anyMatch(sample -> sample.millis() >= since && sample.value() <= limit);
    }

    /** The figure at that time, interpolated between samples; null if unknown. */
    Double at(long millis) {
        Sample before = null;
        for (Sample sample : samples) {
            if (sample.millis() >= millis) {
                if (sample.millis() == millis) {
                    return sample.value();
                }
                if (before == null || sample.millis() - before.millis() > GAP_MILLIS) {
                    return null;
                }
                double part = (double) (millis - before.millis()) / (sample.millis() - before.millis());
                return rounded(before.value() + part * (sample.value() - before.value()));
            }
            before = sample;
        }
        return null;
    }

    /** Steps are aligned to absolute time, so that a curve scrolls without changing its shape. */
    private static long firstStep(long now) {
        long last = (now - 1_000) / STEP_MILLIS * STEP_MILLIS;
        return last - (POINTS - 1) * STEP_MILLIS;
    }

    private static double growth(double from, double to, long millis) {
        return rounded(Math.max(0, to - from) * 1_000 / millis);
    }

    /** Rounded to one decimal, since every listener gets it every second. */
    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
