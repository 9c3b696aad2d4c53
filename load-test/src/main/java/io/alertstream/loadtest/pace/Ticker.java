package io.alertstream.loadtest.pace;

import java.util.concurrent.locks.LockSupport;

/** Time that only goes forward, and waiting for it; another one in tests. */
public interface Ticker {

    /** Nanoseconds since some moment. */
    long nanos();

    /**
     * Waits until a moment; at once if it is past.
     *
     * @throws InterruptedException if the thread is told to end
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
