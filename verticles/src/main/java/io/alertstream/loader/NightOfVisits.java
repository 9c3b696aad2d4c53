package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.avro.sample.SampleNight.NightVisit;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.NightMark;
import io.alertstream.kafka.VisitHeaders;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Headers of a topic that holds a night: each alert's time in its visit, and the visit's mark, by which the replayer
 * finds where visits begin and when they are due.
 */
final class NightOfVisits implements AlertHeaders {

    private final Iterator<NightVisit> visits;
    private final Optional<Duration> visitSpread;
    private final long nightAlerts;
    private NightMark mark;
    private AlertOffsets offsets;
    private long left;

    /** @param visitSpread as {@link LoaderSettings#visitSpread} */
    NightOfVisits(List<NightVisit> visits, Optional<Duration> visitSpread) {
        this.visits = visits.iterator();
        this.visitSpread = visitSpread;
        this.nightAlerts = visits.stream().mapToLong(NightVisit::alerts).sum();
    }

    @Override
    public Headers of(Alert alert) {
        if (left == 0) {
            begin(visits.next(), alert);
        }
        left--;
        return mark.addTo(Headers.of(VisitHeaders.TIME_OFFSET, offsets.header(alert)));
    }

    /** A sample visit's first alert is its earliest. */
    private void begin(NightVisit visit, Alert first) {
        mark = new NightMark(visit.number() + 1, visit.slot(), visit.alerts(), nightAlerts);
        offsets = visitSpread
                .<AlertOffsets>map(spread -> new SpreadOffsets(spread, visit.alerts()))
                .orElseGet(() -> new TimeOffsets(first.mjdTai()));
        left = visit.alerts();
    }
}
