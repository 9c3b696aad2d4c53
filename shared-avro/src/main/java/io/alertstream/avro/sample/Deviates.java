package io.alertstream.avro.sample;

/**
 * Random numbers, fully determined by the seed: the SplitMix64 generator of Steele, Lea and Flood (OOPSLA 2014), and
 * normal deviates from a table of quantiles, which is fast enough for thousands of pixels per alert.
 */
final class Deviates {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int TABLE_BITS = 14;
    private static final float[] QUANTILES = quantiles(1 << TABLE_BITS);

    private long state;

    Deviates(long seed) {
        state = seed;
    }

    /** A seed that depends on all bits of both numbers. */
    static long mix(long a, long b) {
        return scramble(scramble(a + GOLDEN) ^ (b * GOLDEN));
    }

    long bits() {
        state += GOLDEN;
        return scramble(state);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** Uniform in [from, to). */
    double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** Uniform in [0, bound). */
    int below(int bound) {
        return (int) (((bits() >>> 33) * bound) >>> 31);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Normal with mean 0 and standard deviation 1; never beyond 4.1. */
    double normal() {
        return QUANTILES[(int) (bits() >>> (Long.SIZE - TABLE_BITS))];
    }

    /** Fills the array with normal deviates, four from each draw of {@link #bits}. */
    void normals(float[] out) {
        int mask = QUANTILES.length - 1;
        long bits = 0;
        for (int i = 0; i < out.length; i++) {
            bits = (i & 3) == 0 ? bits() : bits >>> 16;
            out[i] = QUANTILES[(int) bits & mask];
        }
    }

    private static long scramble(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** The midpoints of n equally probable slices of the normal distribution, by numerical integration. */
    private static float[] quantiles(int n) {
        float[] table = new float[n];
        double step = 1.0 / 4096;
        double z = -6;
        double below = 0;
        double density = density(z);
        for (int i = 0; i < n; i++) {
            double wanted = (i + 0.5) / n;
            double next = density(z + step);
            double slice = (density + next) / 2 * step;
            while (below + slice < wanted) {
                below += slice;
                z += step;
                density = next;
                next = density(z + step);
                slice = (density + next) / 2 * step;
            }
            table[i] = (float) (z + step * (wanted - below) / slice);
        }
        return table;
    }

    private static double density(double z) {
        return StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * StrictMath.PI);
    }
}
