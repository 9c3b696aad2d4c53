package io.alertstream.score;

import io.alertstream.avro.VisitNumber;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Alerts that may exist although they weren't read: retention has deleted them, SCORE_FROM leaves them out, or they
 * were published after the topics' ends were taken. A broker may have accepted them. Every other id is invented. For
 * one thread.
 */
final class UnreadAlerts {

    /** Its alerts span an hour at most, and a stop in it lasts an hour at most. */
    private static final long LONGEST_VISIT_MILLIS = Duration.ofHours(2).toMillis();

    private final Announced announced;
    private final Map<Long, VisitScore> visits;
    private final long endMillis;
    private long remainsFromMillis = Long.MIN_VALUE;
    private boolean journalIsCutOff;

    /** Looked up when the first id is judged; everything published has been read then. */
    private Optional<Boolean> oneVisitIsKnown = Optional.empty();

    /**
     * @param visits what was published, by visit number
     * @param endMillis when the topics' ends were taken
     */
    UnreadAlerts(Announced announced, Map<Long, VisitScore> visits, long endMillis) {
        this.announced = announced;
        this.visits = visits;
        this.endMillis = endMillis;
    }

    /** Messages from before this time may have been deleted or left out. */
    void remainsFrom(long millis) {
        remainsFromMillis = Math.max(remainsFromMillis, millis);
    }

    /** Lines of the journal may have been deleted or left out. */
    void journalIsCutOff() {
        journalIsCutOff = true;
    }

    /** Whether messages of the visit may have been deleted, or left out. */
    boolean isCutOff(long number) {
        return announced
                .visit(number)
                .map(planned -> planned.startMillis() < remainsFromMillis)
                .orElse(isCutOff());
    }

    private boolean isCutOff() {
        return remainsFromMillis != Long.MIN_VALUE;
    }

    /**
     * Whether there may be an alert with this id.
     *
     * @param id neither published nor announced as broken
     * @param number the visit that it names
     */
    boolean mayHave(long id, long number) {
        Optional<PlannedVisit> fresh = announced.visit(number).filter(PlannedVisit::isFresh);
        if (fresh.isPresent()) {
            return isCutOff(number) || isHeldBack(id) || isGoingOn(fresh.get());
        }
        VisitScore score = visits.get(number);
        if (score != null && isKnown(score)) {
            return false;
        }
        return isEarlier(number) || isLater(number) || isRepeated(number);
    }

    private boolean isHeldBack(long id) {
        return announced
                .fault(id)
                .filter(fault -> fault.finding(endMillis) == Finding.NOT_YET)
                .isPresent();
    }

    private boolean isGoingOn(PlannedVisit visit) {
        VisitScore score = visits.get(visit.number());
        return (score == null || score.accounted() < visit.alerts()) && mayGoOn(visit);
    }

    private boolean mayGoOn(PlannedVisit visit) {
        boolean isEnded = visit.isDropped() || visit.stopMillis().orElse(Long.MAX_VALUE) <= endMillis;
        return !isEnded
                && endMillis < visit.startMillis() + LONGEST_VISIT_MILLIS
                && announced.nextStartMillis(visit.number()).orElse(Long.MAX_VALUE) > endMillis;
    }

    /** Whether the visit may be one that the journal no longer has. */
    private boolean isEarlier(long number) {
        if (announced.visits().isEmpty() || !(isCutOff() || journalIsCutOff)) {
            return false;
        }
        long first = announced.visits().firstKey();
        // The broker's output may be older than the journal, but a damaged id can name any year.
        LocalDate oldest = VisitNumber.of(first).orElseThrow().night().minusYears(1);
        return number < first
                && VisitNumber.of(number)
                        .filter(visit -> visit.night().isAfter(oldest))
                        .isPresent();
    }

    /** Whether the visit may have begun since. */
    private boolean isLater(long number) {
        if (announced.visits().isEmpty()) {
            return false;
        }
        long last = announced.visits().lastKey();
        LocalDate latest = VisitNumber.of(last).orElseThrow().night().plusDays(1);
        return number > last
                && VisitNumber.of(number)
                        .filter(visit -> !visit.night().isAfter(latest))
                        .isPresent();
    }

    /**
     * Whether it may be an alert of visits that aren't fresh. They repeat their ids, and the journal has other numbers
     * for them.
     */
    private boolean isRepeated(long number) {
        if (announced.visits().isEmpty()) {
            return isCutOff() || !visits.containsKey(number);
        }
        if (announced.idsAreUnique() || oneVisitIsKnown()) {
            return false;
        }
        PlannedVisit last = announced.visits().lastEntry().getValue();
        return isCutOff() || (!last.isFresh() && mayGoOn(last));
    }

    /** Whether all alerts of a visit that isn't fresh are known: as many as it had when it was replayed. */
    private boolean isKnown(VisitScore score) {
        long alerts = Math.max(alertsAt(score.firstMillis()), alertsAt(score.lastMillis()));
        return alerts > 0 && score.knownAlerts() >= alerts;
    }

    private long alertsAt(long millis) {
        return announced.visitAt(millis).map(PlannedVisit::announcedAlerts).orElse(0L);
    }

    /** Whether one visit was replayed again and again, and all its alerts are known. */
    private boolean oneVisitIsKnown() {
        if (oneVisitIsKnown.isEmpty()) {
            oneVisitIsKnown = Optional.of(findOneVisit());
        }
        return oneVisitIsKnown.get();
    }

    private boolean findOneVisit() {
        Map<Long, Long> counts = new TreeMap<>();
        for (PlannedVisit visit : announced.visits().values()) {
            if (!visit.isFresh() && visit.startMillis() >= remainsFromMillis) {
                counts.merge(visit.announcedAlerts(), 1L, Long::sum);
            }
        }
        long known = visits.entrySet().stream()
                .filter(visit -> announced
                        .visit(visit.getKey())
                        .filter(PlannedVisit::isFresh)
                        .isEmpty())
                .mapToLong(visit -> visit.getValue().knownAlerts())
                .sum();
        // A night's visits have other alerts each: after two of them, more are known than one has.
        return counts.size() == 1 && counts.getOrDefault(known, 0L) > 1;
    }
}
