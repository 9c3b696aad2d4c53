package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.kafka.VisitHeaders;

/**
 * The offsets of alerts from their visit's first one, as header values.
 *
 * <p>A Modified Julian Date of today, in days as a double, comes in steps of 0.63 microseconds: the difference of two is off
 * by up to that, and in microseconds 1.25 s would show as 1.250001. Steps of 10 microseconds hide this, and are a hundredth
 * of what a replayer can keep.
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
        // Neighbours mostly share their time: a visit has one exposure.
        if (mjdTai != lastMjdTai) {
            long steps = Math.max(0, Math.round((mjdTai - firstMjdTai) * STEPS_PER_DAY));
            lastHeader = VisitHeaders.timeOffset(steps * MICROS_PER_STEP);
            lastMjdTai = mjdTai;
        }
        return lastHeader;
    }
}
