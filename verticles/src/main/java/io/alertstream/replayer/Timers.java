package io.alertstream.replayer;

/** A monotonic clock, and timers on it. Tasks run on one thread. */
interface Timers {

    /** Nanoseconds since some moment. */
    long nanos();

    /**
     * Runs the task at the given time of {@link #nanos}, never earlier and never within this call.
     *
     * @return cancels the timer; does nothing once the task has run
     */
    Runnable at(long nanos, Runnable task);
}
