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

    /** As many as a night of ten million alerts has at a rate of 10 %: 100 MB. */
    private static final int MAX_FAULTS = 1_000_000;

    /** How often bytes were announced, and not yet seen. */
    private final Map<PacketDigest, Integer> broken = new HashMap<>();

    /** Alerts that are published more than once, or by themselves are whole. */
    private final Map<Long, FaultKind> whole = new HashMap<>();

    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
    private final Set<String> topics = new TreeSet<>();
    private final Set<Long> visits = new TreeSet<>();

    /** Takes a line. */
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

    /** How many broken alerts were announced and didn't come. */
    long brokenLeft() {
        return broken.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** How many whole alerts with a fault were announced and didn't come as often as they should. */
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

    /** Numbers of visits that the journal tells of. */
    Set<Long> visits() {
        return visits;
    }

    Map<FaultKind, Long> counts() {
        return counts;
    }
}
