package io.alertstream.replayer;

import io.alertstream.avro.PatchablePacket;
import io.alertstream.avro.VisitNumber;
import java.time.Instant;

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
    private final int[] counters = new int[NO_DETECTOR + 1];
    private double days = Double.NaN;

    Identities(VisitNumber number, Instant start) {
        this.number = number;
        double seconds = start.getEpochSecond() + start.getNano() / 1e9 + TAI_MINUS_UTC;
        this.startMjdTai = MJD_OF_1970 + seconds / SECONDS_A_DAY;
    }

    VisitNumber number() {
        return number;
    }

    /** A unique alert id in this visit, on the alert's detector. */
    long newId(PatchablePacket alert) {
        int detector = alert.detector() < 0 || alert.detector() > NO_DETECTOR ? NO_DETECTOR : alert.detector();
        return number.alertId(alert.alertId(), detector, counters[detector]++);
    }

    /** Gives the alert the id, visit and times of this visit: in its own array, if that has room. */
    byte[] renew(PatchablePacket alert, long id) {
        return alert.changedTo(id, number.number(), days(alert));
    }

    /** A copy of the same, with times later by the given days. */
    byte[] renewed(PatchablePacket alert, long id, double moreDays) {
        return alert.with(id, number.number(), days(alert) + moreDays);
    }

    /**
     * What is added to an alert's times: the first alert of the visit counts as processed when the visit starts, and all
     * other times keep their distance from that.
     */
    private double days(PatchablePacket alert) {
        if (Double.isNaN(days) && !Double.isNaN(alert.processedMjdTai())) {
            days = startMjdTai - alert.processedMjdTai();
        }
        return Double.isNaN(days) ? 0 : days;
    }
}
