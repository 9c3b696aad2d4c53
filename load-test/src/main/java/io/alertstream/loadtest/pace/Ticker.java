package io.alertstream.loadtest.pace;

import java.util.concurrent.locks.LockSupport;

/** A monotonic clock, with waiting; tests replace it. */
public interface Ticker {

    /** Nanoseconds since an arbitrary origin. */
    long nanos();

    /**
     * Waits until a time; returns at once if it has passed.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void sleepUntil(long nanos) throws InterruptedException;

    /** This machine's. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleepUntil(long nanos) throws InterruptedException {
                for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
                    LockSupport.parkNanos(left);
                    if (Thread.interrupted()) {
                        throw new InterruptedException("while waiting for the next to be due");
                    }
                }
            }
        };
    }
}
