package io.alertstream.score;

import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.VisitBegun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A visit as the journal announces it. For one thread. */
final class PlannedVisit {

    private final VisitBegun begun;
    private final Map<FaultKind, Long> ofAlerts = new EnumMap<>(FaultKind.class);
    private Optional<Fault> ofVisit = Optional.empty();
    private Optional<Fault> ofStream = Optional.empty();
    private long stopMillis = Long.MAX_VALUE;
    private boolean dropped;

    PlannedVisit(VisitBegun begun) {
        this.begun = begun;
    }

    void add(Fault fault) {
        switch (fault.kind().scope()) {
            case ALERT, BROKEN_ALERT -> ofAlerts.merge(fault.kind(), 1L, Long::sum);
            case VISIT -> ofVisit = Optional.of(fault);
            case STREAM -> ofStream = Optional.of(fault);
        }
    }

    /** The replayer was stopped at this time, during the visit or after it. */
    void stopAt(long millis) {
        stopMillis = millis;
    }

    /** When the replayer was stopped, if this was its last visit. */
    OptionalLong stopMillis() {
        return stopMillis == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(stopMillis);
    }

    /** The replayer gave up the visit. */
    void drop() {
        dropped = true;
    }

    boolean isDropped() {
        return dropped;
    }

    long number() {
        return begun.visit().number();
    }

    long startMillis() {
        return begun.at().toEpochMilli();
    }

    /** Whether its alerts have ids of its own. */
    boolean isFresh() {
        return begun.fresh();
    }

    /** The number of its alerts, before any fault. */
    long announcedAlerts() {
        return begun.alerts();
    }

    /** The number of alerts published, whole or broken. */
    long alerts() {
        return ofVisit.filter(fault -> fault.kind() != FaultKind.STOPPED)
                .map(fault -> fault.after().orElse(0))
                .orElse(begun.alerts());
    }

    Optional<Fault> ofVisit() {
        return ofVisit;
    }

    /** A new schema version that begins with this visit. */
    Optional<Fault> ofStream() {
        return ofStream;
    }

    boolean isStopped() {
        return ofVisit.filter(fault -> fault.kind() == FaultKind.STOPPED).isPresent();
    }

    /** Its faults, for people; empty if there are none. */
    String faults() {
        List<String> texts = new ArrayList<>();
        ofVisit.ifPresent(fault -> texts.add(
                switch (fault.kind()) {
                    case STOPPED ->
                        "stopped for %d ms after %d alerts"
                                .formatted(
                                        fault.delay().toMillis(), fault.after().orElse(0));
                    case VISIT_CUT ->
                        "cut after %d alerts".formatted(fault.after().orElse(0));
                    default -> fault.kind().text();
                }));
        ofStream.ifPresent(fault -> texts.add(fault.kind().text()));
        ofAlerts.forEach((kind, count) -> texts.add(count + " " + kind.text()));
        return String.join(", ", texts);
    }
}
