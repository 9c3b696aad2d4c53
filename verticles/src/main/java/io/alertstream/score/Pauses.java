package io.alertstream.score;

import java.util.Arrays;

/** The times at which a visit's alerts were published, to find a pause among them: 8 bytes for each. For one thread. */
final class Pauses {

    private static final int MIN_TIMES = 64;

    private long[] times = new long[MIN_TIMES];
    private int size;

    void add(long millis) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
        }
        times[size] = millis;
        size++;
    }

    /** Whether nothing was published for about that long, between the start and the last time. */
    boolean hasOne(long startMillis, long millis) {
        long[] sorted = Arrays.copyOf(times, size);
        Arrays.sort(sorted);
        long before = startMillis;
        for (long time : sorted) {
            if (isNearly(time - before, millis)) {
                return true;
            }
            before = time;
        }
        return false;
    }

    /** Whether one time is at least nine tenths of another: clocks and timers aren't exact. */
    static boolean isNearly(long actualMillis, long expectedMillis) {
        return 10 * actualMillis >= 9 * expectedMillis;
    }
}
