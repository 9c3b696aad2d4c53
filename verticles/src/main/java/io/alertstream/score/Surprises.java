package io.alertstream.score;

import io.alertstream.avro.VisitNumber;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.Position;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was published but isn't in the journal: how often, and where first. For one thread. */
final class Surprises {

    /** What the journal would have announced. */
    enum Kind {
        BROKEN("messages that aren't alerts"),
        REPEATED("alerts that were published again"),
        OUT_OF_TIME("alerts that were published after the next visit's start");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private record Found(long count, Position first) {}

    /** A visit's last alerts may be sent a moment after the next one's time. */
    private static final long TOLERANCE_MILLIS = 1000;

    private final Map<Kind, Found> found = new EnumMap<>(Kind.class);

    /**
     * Looks at a whole alert, before it counts as published. Alerts of a visit that is cut off are left out, because
     * its faults may be missing from the journal as well.
     */
    void of(Message message, long id, Announced announced, Scores scores) {
        if (VisitNumber.ofAlert(id)
                .filter(visit -> scores.isCutOff(visit.number()))
                .isPresent()) {
            return;
        }
        Optional<AlertFault> fault = announced.fault(id);
        if (announced.idsAreUnique()
                && scores.timesPublished(id) > 0
                && fault.filter(AlertFault::repeats).isEmpty()) {
            add(Kind.REPEATED, message);
        }
        boolean isLater = VisitNumber.ofAlert(id)
                .flatMap(visit -> announced.nextStartMillis(visit.number()))
                .filter(next -> message.timestampMillis() > next + TOLERANCE_MILLIS)
                .isPresent();
        if (announced.idsAreUnique() && isLater && fault.isEmpty()) {
            add(Kind.OUT_OF_TIME, message);
        }
    }

    void add(Kind kind, Message message) {
        Position here = new Position(message.topic(), message.partition(), message.offset());
        found.merge(kind, new Found(1, here), (before, one) -> new Found(before.count() + 1, before.first()));
    }

    long count() {
        return found.values().stream().mapToLong(Found::count).sum();
    }

    @Override
    public String toString() {
        return String.join(
                ", ",
                found.entrySet().stream()
                        .map(each -> "%d %s (the first is %s)"
                                .formatted(
                                        each.getValue().count(),
                                        each.getKey().text,
                                        each.getValue().first()))
                        .toList());
    }
}
