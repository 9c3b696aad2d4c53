package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.kafka.VisitHeaders;
import java.time.Duration;

/** Spreads a visit's alerts evenly over a given time, in order: the first at 0, the last at the end. */
final class SpreadOffsets implements AlertOffsets {

    private final double microsApart;
    private long alerts;

    SpreadOffsets(Duration spread, long alerts) {
        this.microsApart = spread.toNanos() / 1e3 / Math.max(1, alerts - 1);
    }

    @Override
    public byte[] header(Alert alert) {
        return VisitHeaders.timeOffset(Math.round(alerts++ * microsApart));
    }
}
