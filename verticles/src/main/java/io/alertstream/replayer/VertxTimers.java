package io.alertstream.replayer;

import io.vertx.core.Vertx;

/**
 * The machine's clock. Tasks run on the context that set the timer, at most about 1 ms late if its event loop is free.
 */
final class VertxTimers implements Timers {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;

    /** System.nanoTime may be about to overflow, so times are relative to this moment. */
    private final long origin = System.nanoTime();

    VertxTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public long nanos() {
        return System.nanoTime() - origin;
    }

    @Override
    public Runnable at(long nanos, Runnable task) {
        // Rounded up, so that a timer of whole milliseconds doesn't fire early.
        long millis = Math.floorDiv(nanos - nanos() + NANOS_PER_MILLI - 1, NANOS_PER_MILLI);
        long id = vertx.setTimer(Math.max(1, millis), fired -> task.run());
        return () -> vertx.cancelTimer(id);
    }
}
