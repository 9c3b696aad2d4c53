package io.alertstream.score;

/** Latencies in milliseconds, to about 6 %: sixteen buckets for each power of two. */
final class LatencyHistogram {

    private static final int BITS = 4;
    private static final int SUB = 1 << BITS;
    private static final int MAX_EXPONENT = 40;

    private final int[] buckets = new int[(MAX_EXPONENT - BITS + 2) * SUB];
    private long count;
    private long max;

    /** Adds a latency; a negative one, caused by clock skew, counts as 0. */
    void add(long millis) {
        long value = Math.min(Math.max(0, millis), (1L << MAX_EXPONENT) - 1);
        buckets[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    /** A value that this share of the latencies doesn't exceed; 0 if there are none. */
    long percentile(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            seen += buckets[bucket];
            if (seen >= wanted && seen > 0) {
                return Math.min(max, highest(bucket));
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return count == 0
                ? "unknown"
                : "%d ms median, %d ms 95 %%, %d ms at most".formatted(percentile(0.5), percentile(0.95), max);
    }

    private static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int shift = exponent - BITS;
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    }

    /** The highest value of a bucket. */
    private static long highest(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((long) (bucket % SUB + SUB + 1) << shift) - 1;
    }
}
