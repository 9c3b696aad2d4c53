package io.alertstream.score;

import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Looks for the announced faults in what was published. For one thread. */
final class FaultCheck {

    /** Faults of one kind that aren't as announced, in the same way. */
    record Difference(FaultKind kind, Finding finding) {}

    /**
     * How many there are.
     *
     * @param first one of them, for people
     */
    record Tally(long count, String first) {}

    /**
     * A visit with another number of alerts than announced.
     *
     * @param published whole or broken
     * @param cause why it isn't done
     */
    record Unfinished(long visit, long published, long announced, Cause cause) {}

    /** Why a visit isn't done. */
    enum Cause {
        /** The journal says so. */
        STOPPED,
        /** The journal says that the replayer gave it up. */
        DROPPED,
        /** It is the journal's last. */
        GOING_ON,
        UNKNOWN
    }

    private final Announced announced;
    private final Scores scores;
    private final long endMillis;
    private final Map<Difference, Tally> differences = new HashMap<>();
    private final NavigableMap<Long, Unfinished> unfinished = new TreeMap<>();

    /** Alerts that are held back and weren't due yet, by visit. */
    private final Map<Long, Long> toCome = new HashMap<>();

    private long found;
    private long notLookedFor;
    private long ofUnfinished;

    /** @param endMillis when the topics' ends were taken */
    FaultCheck(Announced announced, Scores scores, long endMillis) {
        this.announced = announced;
        this.scores = scores;
        this.endMillis = endMillis;
    }

    /** Looks for every fault. Called once, after everything published was read. */
    void run() {
        findUnfinished();
        for (AlertFault fault : announced.faults()) {
            if (!scores.isCutOff(fault.visit())) {
                note(fault.kind(), fault.finding(endMillis), fault.visit(), "alert " + fault.id() + " of visit ");
            }
        }
        announced.visits().values().stream().filter(PlannedVisit::isFresh).forEach(this::checkVisit);
        long all =
                announced.counts().values().stream().mapToLong(Long::longValue).sum();
        notLookedFor = all - found - ofUnfinished - differing();
    }

    private void findUnfinished() {
        for (AlertFault fault : announced.faults()) {
            if (fault.delays() && fault.finding(endMillis) == Finding.NOT_YET) {
                toCome.merge(fault.visit(), 1L, Long::sum);
            }
        }
        long lastVisit = announced.visits().isEmpty() ? 0 : announced.visits().lastKey();
        announced.visits().forEach((number, planned) -> {
            VisitScore score = scores.visits().get(number);
            if (score != null && planned.isFresh() && !scores.isCutOff(number)) {
                long alerts = expected(planned);
                if (score.accounted() != alerts) {
                    Cause cause = cause(planned, number == lastVisit);
                    unfinished.put(number, new Unfinished(number, score.accounted(), alerts, cause));
                }
            }
        });
    }

    private static Cause cause(PlannedVisit planned, boolean isLast) {
        if (planned.stopMillis().isPresent()) {
            return Cause.STOPPED;
        }
        if (planned.isDropped()) {
            return Cause.DROPPED;
        }
        return isLast ? Cause.GOING_ON : Cause.UNKNOWN;
    }

    /** The number of alerts that should have been published by now. */
    private long expected(PlannedVisit planned) {
        return planned.alerts() - toCome.getOrDefault(planned.number(), 0L);
    }

    private void checkVisit(PlannedVisit planned) {
        VisitScore score = scores.visits().get(planned.number());
        if (score == null || scores.isCutOff(planned.number())) {
            return;
        }
        planned.ofVisit().ifPresent(fault -> note(fault.kind(), ofVisit(fault, planned, score), planned.number()));
        planned.ofStream().ifPresent(fault -> note(fault.kind(), ofStream(fault), planned.number()));
    }

    private Finding ofVisit(Fault fault, PlannedVisit planned, VisitScore score) {
        if (fault.kind() != FaultKind.STOPPED) {
            long expected = expected(planned);
            return score.accounted() == expected
                    ? Finding.AS_ANNOUNCED
                    : score.accounted() < expected ? Finding.ABSENT : Finding.OTHER_COUNT;
        }
        // A stop after the last alert can't be seen.
        boolean found = fault.after().orElse(0) >= planned.alerts()
                || score.paused(planned.startMillis(), fault.delay().toMillis());
        return found
                ? Finding.AS_ANNOUNCED
                : score.accounted() <= fault.after().orElse(0) ? Finding.ABSENT : Finding.NO_PAUSE;
    }

    /** Looks at the first visit that was published with the new version. */
    private Finding ofStream(Fault fault) {
        Optional<VisitScore> first = scores.visits().entrySet().stream()
                .filter(visit -> visit.getKey() >= fault.visit().number())
                .map(Map.Entry::getValue)
                .filter(visit -> visit.publishedAlerts() > 0)
                .findFirst();
        if (first.isEmpty()) {
            return Finding.ABSENT;
        }
        boolean hasSchema = fault.schemaId().stream().anyMatch(first.get().schemaIds()::contains);
        boolean inTopic = fault.topic().map(first.get().topics()::contains).orElse(true);
        return hasSchema && inTopic ? Finding.AS_ANNOUNCED : Finding.SAME_VERSION;
    }

    private void note(FaultKind kind, Finding finding, long visit) {
        note(kind, finding, visit, "visit ");
    }

    private void note(FaultKind kind, Finding finding, long visit, String what) {
        boolean isExplained = finding == Finding.NOT_YET
                || finding == Finding.DROPPED
                || (unfinished.containsKey(visit) && (finding == Finding.ABSENT || finding == Finding.ONCE));
        if (finding == Finding.AS_ANNOUNCED) {
            found++;
        } else if (isExplained) {
            ofUnfinished++;
        } else {
            differences.merge(
                    new Difference(kind, finding),
                    new Tally(1, what + visit),
                    (before, one) -> new Tally(before.count() + 1, before.first()));
        }
    }

    private long differing() {
        return differences.values().stream().mapToLong(Tally::count).sum();
    }

    /** Faults that are as announced. */
    long found() {
        return found;
    }

    /** Faults of visits whose ids are repeated, or of which messages were deleted or left out. */
    long notLookedFor() {
        return notLookedFor;
    }

    /** Faults that weren't due yet, or whose visit ended before them. */
    long ofUnfinished() {
        return ofUnfinished;
    }

    Map<Difference, Tally> differences() {
        return differences;
    }

    /** Visits with another number of alerts than announced, by number. */
    NavigableMap<Long, Unfinished> unfinished() {
        return unfinished;
    }
}
