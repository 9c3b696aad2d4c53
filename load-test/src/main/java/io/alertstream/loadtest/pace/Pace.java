package io.alertstream.loadtest.pace;

import io.alertstream.loadtest.workload.Workload.Schedule;

/** When the operations of a schedule are due. */
public interface Pace {

    /**
     * When the operation of this number (from 0) is due, in nanoseconds after the start; never before the previous one.
     */
    long dueNanos(long number);

    /** Whether there is a schedule at all; without one, everything is due as soon as it can be done. */
    default boolean scheduled() {
        return true;
    }

    /** The pace of a workload's schedule. */
    static Pace of(Schedule schedule) {
        if (schedule instanceof Schedule.Visits visits) {
            return new VisitPace(visits);
        }
        if (schedule instanceof Schedule.Rate rate) {
            double nanos = 1e9 / rate.perSecond();
            return number -> (long) (number * nanos);
        }
        return new FullSpeed();
    }

    /** Everything at once. */
    final class FullSpeed implements Pace {

        private FullSpeed() {}

        @Override
        public long dueNanos(long number) {
            return 0;
        }

        @Override
        public boolean scheduled() {
            return false;
        }
    }
}
