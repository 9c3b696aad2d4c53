package io.alertstream.server.formats;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** How pixel values are mapped to shades of grey. */
public enum Stretch {
    /** From the lowest value to the highest. */
    LINEAR {
        @Override
        DoubleUnaryOperator shades(double[] sorted) {
            return between(sorted[0], sorted[sorted.length - 1]);
        }
    },
    /** From the 1st percentile to the highest value, logarithmic for bright pixels so that faint ones stay visible. */
    ASINH {
        @Override
        DoubleUnaryOperator shades(double[] sorted) {
            DoubleUnaryOperator linear = between(sorted[sorted.length / 100], sorted[sorted.length - 1]);
            return value -> asinh(linear.applyAsDouble(value) / SOFTENING) / asinh(1 / SOFTENING);
        }
    },
    /** Around the background, as IRAF's display does. */
    ZSCALE {
        @Override
        DoubleUnaryOperator shades(double[] sorted) {
            double[] limits = ZScale.limits(sorted);
            return between(limits[0], limits[1]);
        }
    },
    /** For differences: zero is middle grey, positive is lighter, negative is darker, on the same scale. */
    SIGNED {
        @Override
        DoubleUnaryOperator shades(double[] sorted) {
            double most = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
            return most > 0
                    ? value -> 0.5 + 0.5 * asinh(value / most / SOFTENING) / asinh(1 / SOFTENING)
                    : value -> 0.5;
        }
    };

    /** The share of the range up to which asinh is about linear. */
    private static final double SOFTENING = 0.1;

    /** The stretch of that name in lower case; empty if there is none. */
    public static Optional<Stretch> named(String name) {
        return Arrays.stream(values())
                .filter(stretch -> stretch.lowerCase().equals(name))
                .findFirst();
    }

    /** The name used in URLs and texts. */
    public String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * From values to shades between 0, black, and 1, white.
     *
     * @param sorted the image's finite values, at least one
     */
    abstract DoubleUnaryOperator shades(double[] sorted);

    private static DoubleUnaryOperator between(double low, double high) {
        double range = high - low;
        return range > 0 ? value -> Math.min(1, Math.max(0, (value - low) / range)) : value -> 0.5; // A constant image.
    }

    private static double asinh(double x) {
        return Math.log(x + Math.sqrt(x * x + 1));
    }
}
