package io.alertstream.score;

import io.alertstream.archive.PacketDigest;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.FaultKind.Scope;
import io.alertstream.journal.JournalLine.Fault;

/** An announced fault of one alert, and what was published of that alert. For one thread. */
final class AlertFault {

    private final FaultKind kind;
    private final long visit;
    private final long id;
    private final long dueMillis;
    private final long delayMillis;
    private final PacketDigest announced;
    private long stopMillis = Long.MAX_VALUE;
    private PacketDigest first;
    private long firstMillis = Long.MAX_VALUE;
    private int messages;
    private int asAnnounced;
    private int sameAsFirst;

    AlertFault(Fault fault) {
        this.kind = fault.kind();
        this.visit = fault.visit().number();
        this.id = fault.alertId().orElseThrow();
        this.dueMillis = fault.at().toEpochMilli();
        this.delayMillis = fault.delay().toMillis();
        this.announced = fault.digest().orElse(null);
    }

    FaultKind kind() {
        return kind;
    }

    long visit() {
        return visit;
    }

    long id() {
        return id;
    }

    /** When the alert would be published without the fault. */
    long dueMillis() {
        return dueMillis;
    }

    /**
     * The replayer was stopped at this time. It then published the late alerts and repetitions that it held back, even
     * those whose own time was yet to come, and dropped the rest of its visit.
     */
    void endBy(long millis) {
        stopMillis = Math.min(stopMillis, millis);
    }

    /** The replayer gave up the visit at this time; late alerts are still published at theirs. */
    void dropAt(long millis) {
        if (kind != FaultKind.LATE) {
            endBy(millis);
        }
    }

    /** Whether the alert is published twice. */
    boolean repeats() {
        return kind == FaultKind.DUPLICATE || kind == FaultKind.ALTERED;
    }

    /** Whether the alert is published later than others. */
    boolean delays() {
        return kind == FaultKind.LATE || kind == FaultKind.REORDERED;
    }

    /** A message with the alert, or with what replaces it, was published. */
    void published(PacketDigest digest, long millis) {
        if (messages == 0) {
            first = digest;
        }
        messages++;
        firstMillis = Math.min(firstMillis, millis);
        asAnnounced += digest.equals(announced) ? 1 : 0;
        sameAsFirst += digest.equals(first) ? 1 : 0;
    }

    /**
     * What the topics show of the fault.
     *
     * @param endMillis when the topics' ends were taken
     */
    Finding finding(long endMillis) {
        Finding finding = finding();
        if (finding != Finding.ABSENT && finding != Finding.ONCE) {
            return finding;
        }
        if (lastMillis() >= endMillis) {
            return Finding.NOT_YET;
        }
        return finding == Finding.ONCE && stopMillis < dueMillis + delayMillis ? Finding.DROPPED : finding;
    }

    /** When the alert, or its repetition, is published at the latest. */
    private long lastMillis() {
        return Math.min(dueMillis + delayMillis, stopMillis);
    }

    private Finding finding() {
        if (messages == 0) {
            return Finding.ABSENT;
        }
        if (delays()) {
            boolean isDelayed = firstMillis >= lastMillis() || Pauses.isNearly(firstMillis - dueMillis, delayMillis);
            return isDelayed ? Finding.AS_ANNOUNCED : Finding.WITHOUT_DELAY;
        }
        if (repeats()) {
            return repeated();
        }
        if (asAnnounced == messages) {
            return Finding.AS_ANNOUNCED;
        }
        return kind.scope() == Scope.BROKEN_ALERT ? Finding.INTACT : Finding.OTHER_BYTES;
    }

    private Finding repeated() {
        if (messages == 1) {
            return Finding.ONCE;
        }
        if (messages > 2) {
            return Finding.TOO_OFTEN;
        }
        boolean asItShould = kind == FaultKind.DUPLICATE ? sameAsFirst == 2 : asAnnounced == 1;
        return asItShould ? Finding.AS_ANNOUNCED : Finding.OTHER_BYTES;
    }
}
