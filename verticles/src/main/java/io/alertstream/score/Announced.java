package io.alertstream.score;

import io.alertstream.journal.FaultKind;
import io.alertstream.journal.FaultKind.Scope;
import io.alertstream.journal.JournalLine;
import io.alertstream.journal.JournalLine.Dropped;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.Stopped;
import io.alertstream.journal.JournalLine.VisitBegun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The visits and faults that a journal announces. For one thread. */
final class Announced implements JournalLine.Handler {

    /** The faults of a night of ten million alerts at a rate of 5 %: about 150 MB. */
    private static final int MAX_FAULTS = 500_000;

    private final NavigableMap<Long, PlannedVisit> visits = new TreeMap<>();
    private final NavigableMap<Long, PlannedVisit> byStart = new TreeMap<>();

    /** Faults of alerts whose ids are unique, in the journal's order. */
    private final List<AlertFault> faults = new ArrayList<>();

    private final Map<Long, AlertFault> byId = new HashMap<>();

    private final BrokenFaults broken = new BrokenFaults();
    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    private final Set<String> topics = new TreeSet<>();
    private final int maxFaults;
    private long faultsKept;
    private long repeatingVisits;

    Announced() {
        this(MAX_FAULTS);
    }

    /** @param maxFaults of single alerts, so that memory is bounded */
    Announced(int maxFaults) {
        this.maxFaults = maxFaults;
    }

    /** Adds a line of the journal. */
    void add(JournalLine line) {
        line.handle(this);
    }

    @Override
    public void visitBegun(VisitBegun begun) {
        PlannedVisit visit = new PlannedVisit(begun);
        visits.put(visit.number(), visit);
        byStart.put(visit.startMillis(), visit);
        begun.topic().ifPresent(topics::add);
        repeatingVisits += visit.isFresh() ? 0 : 1;
    }

    @Override
    public void stopped(Stopped stop) {
        long millis = stop.at().toEpochMilli();
        visit(stop.visit().number()).ifPresent(visit -> visit.stopAt(millis));
        faults.forEach(fault -> fault.endBy(millis));
    }

    @Override
    public void dropped(Dropped drop) {
        long number = drop.visit().number();
        visit(number).ifPresent(PlannedVisit::drop);
        // Visits don't overlap, so its faults are the last ones.
        for (int i = faults.size() - 1; i >= 0 && faults.get(i).visit() == number; i--) {
            faults.get(i).dropAt(drop.at().toEpochMilli());
        }
    }

    @Override
    public void fault(Fault fault) {
        counts.merge(fault.kind(), 1L, Long::sum);
        fault.topic().ifPresent(topics::add);
        Optional<PlannedVisit> visit =
                Optional.ofNullable(visits.get(fault.visit().number()));
        visit.ifPresent(it -> it.add(fault));
        if (fault.alertId().isEmpty()) {
            return;
        }
        boolean isFresh = visit.filter(PlannedVisit::isFresh).isPresent();
        boolean isBroken = fault.kind().scope() == Scope.BROKEN_ALERT;
        if (isFresh || isBroken) {
            keep(fault, isFresh, isBroken);
        }
    }

    private void keep(Fault fault, boolean isFresh, boolean isBroken) {
        if (faultsKept >= maxFaults) {
            throw new ScoreException(
                    "the journal announces more than %d faults; set SCORE_FROM to a time that leaves out the earlier ones"
                            .formatted(maxFaults));
        }
        faultsKept++;
        AlertFault alert = new AlertFault(fault);
        if (isFresh) {
            faults.add(alert);
            byId.put(alert.id(), alert);
        }
        if (isBroken) {
            fault.digest().ifPresent(digest -> broken.add(digest, alert));
        }
    }

    /** Broken messages not seen yet. */
    BrokenFaults broken() {
        return broken;
    }

    /** The fault of an alert whose id is unique. */
    Optional<AlertFault> fault(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All faults of alerts whose ids are unique. */
    List<AlertFault> faults() {
        return faults;
    }

    Optional<PlannedVisit> visit(long number) {
        return Optional.ofNullable(visits.get(number));
    }

    /** The visit whose time it was; empty before the first. */
    Optional<PlannedVisit> visitAt(long millis) {
        return Optional.ofNullable(byStart.floorEntry(millis)).map(Map.Entry::getValue);
    }

    /** The start of the visit after this one; empty for the last. */
    Optional<Long> nextStartMillis(long number) {
        return Optional.ofNullable(visits.higherEntry(number))
                .map(next -> next.getValue().startMillis());
    }

    /** Visits by number. */
    NavigableMap<Long, PlannedVisit> visits() {
        return visits;
    }

    /** Whether every visit has ids of its own, so that an alert that is published again is a fault. */
    boolean idsAreUnique() {
        return !visits.isEmpty() && repeatingVisits == 0;
    }

    /** Topics besides the replay topic. */
    Set<String> topics() {
        return topics;
    }

    Map<FaultKind, Long> counts() {
        return counts;
    }
}
