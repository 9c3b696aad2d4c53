package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.kafka.VisitHeaders;

/**
 * Offsets that follow from the alerts' own times, counted from the visit's first one.
 *
 * <p>Today's Modified Julian Dates, in days as a double, have a resolution of 0.63 microseconds. The difference of two is off
 * by as much, and 1.25 s would be written as 1.250001. Rounding to 10 microseconds hides this, and is a hundred times finer
 * than a replayer's timers.
 */
final class TimeOffsets implements AlertOffsets {

    private static final double STEPS_PER_DAY = 86_400 * 1e5;
    private static final long MICROS_PER_STEP = 10;

    private final double firstMjdTai;
    private double lastMjdTai = Double.NaN;
    private byte[] lastHeader;

    TimeOffsets(double firstMjdTai) {
        this.firstMjdTai = firstMjdTai;
    }

    @Override
    public byte[] header(Alert alert) {
        return header(alert.mjdTai());
    }

    byte[] header(double mjdTai) {
        // Consecutive alerts mostly share their time: a visit is one exposure.
        if (mjdTai != lastMjdTai) {
            long steps = Math.max(0, Math.round((mjdTai - firstMjdTai) * STEPS_PER_DAY));
            lastHeader = VisitHeaders.timeOffset(steps * MICROS_PER_STEP);
            lastMjdTai = mjdTai;
        }
        return lastHeader;
    }
}
