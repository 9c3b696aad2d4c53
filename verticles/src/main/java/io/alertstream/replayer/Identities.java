package io.alertstream.replayer;

import io.alertstream.avro.PatchablePacket;
import io.alertstream.avro.RenumberedVisits;
import io.alertstream.avro.VisitNumber;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;

/** New ids and times for the alerts of one visit. For one thread. */
final class Identities {

    /** Seconds that TAI has been ahead of UTC since 2017. */
    private static final double TAI_MINUS_UTC = 37;

    private static final double SECONDS_A_DAY = 86_400;
    private static final double MJD_OF_1970 = 40_587;

    /** The detector of packets that don't name one. The survey's own numbers go up to 204. */
    private static final int NO_DETECTOR = 255;

    private final VisitNumber number;
    private final double startMjdTai;
    private final RenumberedVisits visits;

    /** The counters in use, by detector: at most 64 KiB each. */
    private final BitSet[] counters = new BitSet[NO_DETECTOR + 1];

    /** The static topic's number of this visit; empty if its alerts have none. */
    private Optional<VisitNumber> original = Optional.empty();

    private double days = Double.NaN;

    /** @param visits those published before; this one is added */
    Identities(VisitNumber number, Instant start, RenumberedVisits visits) {
        this.number = number;
        double seconds = start.getEpochSecond() + start.getNano() / 1e9 + TAI_MINUS_UTC;
        this.startMjdTai = MJD_OF_1970 + seconds / SECONDS_A_DAY;
        this.visits = visits;
    }

    VisitNumber number() {
        return number;
    }

    /**
     * A unique alert id in this visit, on the alert's detector. It has the counter of the alert's own id, so that the id
     * which a later history names follows from the one in the static topic. An id that isn't laid out as this visit's,
     * or that occurs twice, gets the first free counter.
     */
    long newId(PatchablePacket alert) {
        begin(alert);
        int detector = alert.detector() < 0 || alert.detector() > NO_DETECTOR ? NO_DETECTOR : alert.detector();
        if (counters[detector] == null) {
            counters[detector] = new BitSet();
        }
        BitSet used = counters[detector];
        int own = VisitNumber.counter(alert.alertId());
        boolean keeps = !used.get(own)
                && original.filter(visit -> visit.alertId(alert.alertId(), detector, own) == alert.alertId())
                        .isPresent();
        int counter = keeps ? own : used.nextClearBit(0);
        long id = number.alertId(alert.alertId(), detector, counter);
        used.set(counter);
        return id;
    }

    /** Gives the alert the id, visit and times of this visit: in its own array, if that has room. */
    byte[] renew(PatchablePacket alert, long id) {
        return alert.changedTo(id, number.number(), days(alert), visits);
    }

    /** A copy of the same, with times later by the given days. */
    byte[] renewed(PatchablePacket alert, long id, double moreDays) {
        return alert.with(id, number.number(), days(alert) + moreDays, visits);
    }

    private double days(PatchablePacket alert) {
        begin(alert);
        return Double.isNaN(days) ? 0 : days;
    }

    /**
     * Takes from the first alert what is added to the times of all: it counts as processed when the visit starts, and
     * all other times keep their distance from that.
     */
    private void begin(PatchablePacket alert) {
        if (Double.isNaN(days) && !Double.isNaN(alert.processedMjdTai())) {
            days = startMjdTai - alert.processedMjdTai();
            original = VisitNumber.of(alert.visit());
            if (alert.visit() != 0) {
                visits.put(alert.visit(), number, days);
            }
        }
    }
}
