package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.kafka.VisitHeaders;
import java.time.Duration;

/** Lays a visit's alerts over a given time, evenly and in the order in which they come: the first at 0, the last at its end. */
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
