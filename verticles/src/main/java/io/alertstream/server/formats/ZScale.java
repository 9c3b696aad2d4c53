package io.alertstream.server.formats;

import java.util.Arrays;

/**
 * Display limits around an image's background: a line is fitted to the sorted values, outliers are rejected, and its
 * slope, divided by the contrast, gives the limits on both sides of the median. The algorithm and its
 * numbers are those of IRAF's display task.
 */
final class ZScale {

    private static final double CONTRAST = 0.25;
    private static final double REJECT_SIGMAS = 2.5;
    private static final int ROUNDS = 5;
    private static final double MIN_KEPT = 0.5;
    private static final int MIN_VALUES = 5;

    private ZScale() {}

    /**
     * The lower and the upper limit.
     *
     * @param sorted finite values from the lowest to the highest, at least one
     */
    static double[] limits(double[] sorted) {
        int count = sorted.length;
        double low = sorted[0];
        double high = sorted[count - 1];
        boolean[] kept = new boolean[count];
        Arrays.fill(kept, true);
        Line line = Line.through(sorted, kept);
        for (int round = 0; round < ROUNDS; round++) {
            int before = line.count();
            reject(sorted, kept, line);
            line = Line.through(sorted, kept);
            if (line.count() < Math.max(MIN_VALUES, count * MIN_KEPT)) {
                return new double[] {low, high};
            }
            if (line.count() == before) {
                break;
            }
        }
        double slope = line.slope() / CONTRAST;
        double median = sorted[count / 2];
        double middle = (count - 1) / 2.0;
        return new double[] {Math.max(low, median - middle * slope), Math.min(high, median + middle * slope)};
    }

    private static void reject(double[] sorted, boolean[] kept, Line line) {
        double squares = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (kept[i]) {
                squares += square(sorted[i] - line.at(i));
            }
        }
        double far = REJECT_SIGMAS * Math.sqrt(squares / Math.max(1, line.count()));
        for (int i = 0; i < sorted.length; i++) {
            kept[i] &= Math.abs(sorted[i] - line.at(i)) <= far;
        }
    }

    private static double square(double x) {
        return x * x;
    }

    /** A least-squares line through values at their indexes. */
    private record Line(double slope, double intercept, int count) {

        static Line through(double[] values, boolean[] kept) {
            int count = 0;
            double x = 0;
            double y = 0;
            for (int i = 0; i < values.length; i++) {
                if (kept[i]) {
                    count++;
                    x += i;
                    y += values[i];
                }
            }
            double meanX = x / Math.max(1, count);
            double meanY = y / Math.max(1, count);
            double xx = 0;
            double xy = 0;
            for (int i = 0; i < values.length; i++) {
                if (kept[i]) {
                    xx += square(i - meanX);
                    xy += (i - meanX) * (values[i] - meanY);
                }
            }
            double slope = xx > 0 ? xy / xx : 0;
            return new Line(slope, meanY - slope * meanX, count);
        }

        double at(double x) {
            return slope * x + intercept;
        }
    }
}
