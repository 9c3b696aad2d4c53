package io.alertstream.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;

/**
 * Which visit of a night a message of the static topic belongs to. A night is many visits in one topic; in each
 * partition their messages follow one another, visit by visit. A topic of a single visit has no such marks.
 *
 * @param visit counted from 1
 * @param slot when the visit is due, in units of the replay's interval from the night's first visit; units without a
 *     visit are pauses
 * @param visitAlerts number of alerts in the visit
 * @param nightAlerts number of alerts in the whole night: a topic with fewer is still being loaded
 */
public record NightMark(int visit, int slot, long visitAlerts, long nightAlerts) {

    private static final String VISIT = VisitHeaders.PREFIX + "visit";
    private static final String SLOT = VisitHeaders.PREFIX + "slot";
    private static final String NIGHT_ALERTS = VisitHeaders.PREFIX + "night-alerts";

    /** Thousands of nights, so that a damaged number doesn't stall a replayer for years. */
    private static final long MAX = 99_999;

    /** The headers with this mark. */
    public Headers addTo(Headers headers) {
        return headers.and(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(visitAlerts))
                .and(VISIT, text(visit))
                .and(SLOT, text(slot))
                .and(NIGHT_ALERTS, text(nightAlerts));
    }

    /**
     * Reads the mark; empty if there is none.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    public static Optional<NightMark> of(Headers headers) {
        byte[] visit = headers.last(VISIT);
        return visit == null
                ? Optional.empty()
                : Optional.of(new NightMark(
                        (int) positive(VISIT, small(VISIT, visit)),
                        small(SLOT, headers.last(SLOT)),
                        positive(
                                VisitHeaders.VISIT_ALERTS,
                                VisitHeaders.count(VisitHeaders.VISIT_ALERTS, headers.last(VisitHeaders.VISIT_ALERTS))),
                        positive(NIGHT_ALERTS, VisitHeaders.count(NIGHT_ALERTS, headers.last(NIGHT_ALERTS)))));
    }

    /** An empty visit would be replayed for ever, because nothing in it leads to the next one. */
    private static long positive(String name, long number) {
        if (number < 1) {
            throw new IllegalArgumentException("expected %s to be at least 1, got %d".formatted(name, number));
        }
        return number;
    }

    private static int small(String name, byte[] text) {
        long number = VisitHeaders.count(name, text);
        if (number > MAX) {
            throw new IllegalArgumentException("expected %s to be at most %d, got %d".formatted(name, MAX, number));
        }
        return (int) number;
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
