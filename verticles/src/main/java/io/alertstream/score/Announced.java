package io.alertstream.score;

import io.alertstream.archive.PacketDigest;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.FaultKind.Scope;
import io.alertstream.journal.JournalLine;
import io.alertstream.journal.JournalLine.Fault;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The faults that a journal announces. For one thread. */
final class Announced {

    /** The faults of a night of ten million alerts at a rate of 10 %: 100 MB. */
    private static final int MAX_FAULTS = 1_000_000;

    /** Announced messages not yet seen: their number, by digest. */
    private final Map<PacketDigest, Integer> broken = new HashMap<>();

    /** Faults that leave an alert whole, by its id. */
    private final Map<Long, FaultKind> whole = new HashMap<>();

    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    private final Set<String> topics = new TreeSet<>();
    private final Set<Long> visits = new TreeSet<>();

    /** Adds a line of the journal. */
    void add(JournalLine line) {
        visits.add(line.visit().number());
        if (!(line instanceof Fault fault)) {
            return;
        }
        if (broken.size() + whole.size() >= MAX_FAULTS) {
            throw new ScoreException(
                    "the journal announces more than %d faults; SCORE_FROM leaves out those before a time"
                            .formatted(MAX_FAULTS));
        }
        counts.merge(fault.kind(), 1L, Long::sum);
        fault.topic().ifPresent(topics::add);
        if (fault.kind().scope() == Scope.BROKEN_ALERT) {
            fault.digest().ifPresent(digest -> broken.merge(digest, 1, Integer::sum));
        } else if (fault.kind().scope() == Scope.ALERT) {
            fault.alertId().ifPresent(id -> whole.put(id, fault.kind()));
        }
    }

    boolean hasBroken() {
        return !broken.isEmpty();
    }

    /** Whether these bytes were announced as a broken alert; each announcement holds for one message. */
    boolean takeBroken(PacketDigest digest) {
        Integer left = broken.get(digest);
        if (left == null || left == 0) {
            return false;
        }
        broken.put(digest, left - 1);
        return true;
    }

    /** Number of broken alerts that were announced but not found. */
    long brokenLeft() {
        return broken.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Number of whole alerts with a fault that were announced but found fewer times than expected. */
    long wholeLeft(AlertTable table) {
        return whole.entrySet().stream()
                .filter(fault -> table.timesPublished(fault.getKey()) < expected(fault.getValue()))
                .count();
    }

    private static int expected(FaultKind kind) {
        return kind == FaultKind.DUPLICATE || kind == FaultKind.ALTERED ? 2 : 1;
    }

    /** Whether an alert may have been published more than once. */
    boolean repeats(long id) {
        FaultKind kind = whole.get(id);
        return kind == FaultKind.DUPLICATE || kind == FaultKind.ALTERED;
    }

    /** Topics besides the replay topic. */
    Set<String> topics() {
        return topics;
    }

    /** Numbers of the visits in the journal. */
    Set<Long> visits() {
        return visits;
    }

    Map<FaultKind, Long> counts() {
        return counts;
    }
}
