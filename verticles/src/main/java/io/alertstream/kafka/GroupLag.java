package io.alertstream.kafka;

import java.util.Map;

/**
 * A consumer group's lag in a topic.
 *
 * @param state of the group in Kafka's words, such as {@code Stable} or {@code Empty}
 * @param nextOffsets the committed ones, by partition; partitions without one are left out
 * @param messages after the committed offsets; all messages where none is committed
 * @param lost messages after the committed offsets that retention deleted before the group read them
 */
public record GroupLag(String group, String state, Map<Integer, Long> nextOffsets, long messages, long lost) {

    /** A lag without lost messages. */
    public GroupLag(String group, String state, Map<Integer, Long> nextOffsets, long messages) {
        this(group, state, nextOffsets, messages, 0);
    }

    public GroupLag {
        nextOffsets = Map.copyOf(nextOffsets);
    }
}
