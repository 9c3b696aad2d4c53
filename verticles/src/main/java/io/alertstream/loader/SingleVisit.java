package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.VisitHeaders;

/** Headers of a topic that holds one visit: each alert's time in it, and the number of its alerts. */
final class SingleVisit implements AlertHeaders {

    private final AlertOffsets offsets;
    private final byte[] alerts;

    SingleVisit(AlertOffsets offsets, long alerts) {
        this.offsets = offsets;
        this.alerts = VisitHeaders.visitAlerts(alerts);
    }

    @Override
    public Headers of(Alert alert) {
        return Headers.of(VisitHeaders.TIME_OFFSET, offsets.header(alert)).and(VisitHeaders.VISIT_ALERTS, alerts);
    }
}
