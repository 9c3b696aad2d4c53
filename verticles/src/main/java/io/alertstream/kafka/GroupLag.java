package io.alertstream.kafka;

import java.util.Map;

/**
 * How far a consumer group is behind the end of a topic.
 *
 * @param state of the group in Kafka's words, such as {@code Stable} or {@code Empty}
 * @param nextOffsets the committed ones, by partition; partitions without one are left out
 * @param messages between the committed offsets and the end; all there are where none is committed
 */
public record GroupLag(String group, String state, Map<Integer, Long> nextOffsets, long messages) {

    public GroupLag {
        nextOffsets = Map.copyOf(nextOffsets);
    }
}
