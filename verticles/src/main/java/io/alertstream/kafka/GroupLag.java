package io.alertstream.kafka;

import java.util.Map;

/**
 * How far a consumer group is behind the end of a topic.
 *
 * @param state of the group in Kafka's words, such as {@code Stable} or {@code Empty}
 * @param nextOffsets the committed ones, by partition; partitions without one are left out
 * @param messages that are there and come after the committed offsets; all there are where none is committed
 * @param lost messages that came after the committed offsets and were deleted by retention before the group read them
 */
public record GroupLag(String group, String state, Map<Integer, Long> nextOffsets, long messages, long lost) {

    /** One that has lost nothing. */
    public GroupLag(String group, String state, Map<Integer, Long> nextOffsets, long messages) {
        this(group, state, nextOffsets, messages, 0);
    }

    public GroupLag {
        nextOffsets = Map.copyOf(nextOffsets);
    }
}
