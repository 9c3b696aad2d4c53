package io.alertstream.replayer;

/** A clock that only moves forward, and calls at a given time, on one thread. */
interface Timers {

    /** Nanoseconds since some moment. */
    long nanos();

    /**
     * Runs the task at the given time of {@link #nanos}, never before it and never within this call.
     *
     * @return what cancels it; cancelling what has run does nothing
     */
    Runnable at(long nanos, Runnable task);
}
