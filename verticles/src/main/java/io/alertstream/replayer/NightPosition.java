package io.alertstream.replayer;

import io.alertstream.kafka.NightMark;
import io.alertstream.kafka.TopicState;
import java.util.Map;

/**
 * How far the night in the static topic has been replayed. A topic that was reloaded begins at its first visit, and
 * so does a night after its last one. For one context.
 */
final class NightPosition {

    private String topicId = "";
    private int slot;
    private Map<Integer, Long> next = Map.of();

    /** The part of a topic that is to be replayed next: never empty, unless the topic is. */
    TopicState remaining(TopicState topic) {
        if (next.isEmpty() || !topic.topicId().equals(topicId)) {
            return topic;
        }
        TopicState remaining = topic.from(next);
        return remaining.messages() > 0 ? remaining : topic;
    }

    /** A visit starts. */
    void begun(StaticVisit visit) {
        if (!visit.topic().topicId().equals(topicId)) {
            next = Map.of();
        }
        topicId = visit.topic().topicId();
        slot = visit.mark().map(NightMark::slot).orElse(0);
    }

    /** A visit was replayed whole. One that wasn't is tried again. */
    void replayed(StaticVisit visit) {
        next = Map.copyOf(visit.next());
    }

    /** Intervals from the start of the visit that was begun last to this one's: more than one if there is a pause. */
    int slotsUntil(StaticVisit visit) {
        return visit.topic().topicId().equals(topicId)
                ? Math.max(1, visit.mark().map(NightMark::slot).orElse(0) - slot)
                : 1;
    }
}
