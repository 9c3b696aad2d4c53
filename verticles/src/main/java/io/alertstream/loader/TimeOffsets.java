package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.kafka.VisitHeaders;

/**
 * Offsets from the alerts' own times, relative to the visit's first one.
 *
 * <p>Today's Modified Julian Dates, in days as a double, have a resolution of 0.63 microseconds. A difference of two is
 * off by as much: 1.25 s would be written as 1.250001. Rounding to 10 microseconds hides this, and is still a hundred
 * times finer than the replayer's timers.
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
        // Consecutive alerts mostly have the same time, because a visit is one exposure.
        if (mjdTai != lastMjdTai) {
            long steps = Math.max(0, Math.round((mjdTai - firstMjdTai) * STEPS_PER_DAY));
            lastHeader = VisitHeaders.timeOffset(steps * MICROS_PER_STEP);
            lastMjdTai = mjdTai;
        }
        return lastHeader;
    }
}
