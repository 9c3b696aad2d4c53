package io.alertstream.loadtest.pace;

import io.alertstream.loadtest.workload.Workload.Schedule;
import java.util.Random;

/**
 * Visits in bursts: each detector of the camera is ready at its own time within the spread and sends its whole share
 * then. The times are the same in every run.
 */
final class VisitPace implements Pace {

    /** Of the survey's camera. */
    static final int DETECTORS = 189;

    private static final long SEED = 189;

    private final int alerts;
    private final long everyNanos;
    private final long[] burstNanos;

    VisitPace(Schedule.Visits visits) {
        alerts = visits.alerts();
        everyNanos = visits.every().toNanos();
        long spreadNanos = visits.spread().toNanos();
        burstNanos = new Random(SEED)
                .doubles(DETECTORS)
                .mapToLong(moment -> (long) (moment * spreadNanos))
                .sorted()
                .toArray();
        burstNanos[0] = 0;
    }

    @Override
    public long dueNanos(long number) {
        int inVisit = (int) (number % alerts);
        int detector = (int) ((long) inVisit * DETECTORS / alerts);
        return number / alerts * everyNanos + burstNanos[detector];
    }
}
