package io.alertstream.avro;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Visits that were published under another number and at another time, so that the histories of later alerts can name
 * them as they were published. Holds the last {@value #MAX_VISITS}. For one thread.
 */
public final class RenumberedVisits {

    /** Four nights, because a field is observed every third one. */
    static final int MAX_VISITS = 3_200;

    private record Renumbered(VisitNumber number, double days) {}

    /** By the visits' original numbers; the one renumbered last is at the end. */
    private final Map<Long, Renumbered> visits = new LinkedHashMap<>();

    // Most of a history is older than the night: these bounds spare it the map.
    private long firstVisit = Long.MAX_VALUE;
    private long firstPlace = Long.MAX_VALUE;

    /**
     * Records a visit, in place of what was recorded for it before.
     *
     * @param visit its original number
     * @param number its new one
     * @param days added to its times
     */
    public void put(long visit, VisitNumber number, double days) {
        visits.remove(visit);
        visits.put(visit, new Renumbered(number, days));
        if (visits.size() > MAX_VISITS) {
            visits.remove(visits.keySet().iterator().next());
        }
        firstVisit = Math.min(firstVisit, visit);
        VisitNumber.of(visit).ifPresent(original -> firstPlace = Math.min(firstPlace, original.place()));
    }

    /** The number under which a visit was published; the same if it wasn't renumbered. */
    long number(long visit) {
        Renumbered renumbered = find(visit);
        return renumbered == null ? visit : renumbered.number().number();
    }

    /**
     * What was added to a visit's times.
     *
     * @param otherwise the result if it wasn't renumbered
     */
    double days(long visit, double otherwise) {
        Renumbered renumbered = find(visit);
        return renumbered == null ? otherwise : renumbered.days();
    }

    /**
     * The id under which an alert of such a visit was published. Any other id stays the same, as do ids that aren't laid
     * out as {@link VisitNumber} describes.
     */
    long id(long id) {
        if (VisitNumber.place(id) < firstPlace) {
            return id;
        }
        Renumbered renumbered =
                VisitNumber.ofAlert(id).map(visit -> find(visit.number())).orElse(null);
        return renumbered == null ? id : renumbered.number().sameAlert(id);
    }

    private Renumbered find(long visit) {
        return visit < firstVisit ? null : visits.get(visit);
    }
}
