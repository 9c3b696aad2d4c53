package io.alertstream.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * A topic's state at one moment.
 *
 * @param topicId Kafka's id of the topic, which changes when the topic is recreated
 * @param beginning the first offset, by partition
 * @param end one more than the last offset, by partition
 */
public record TopicState(String topic, String topicId, Map<Integer, Long> beginning, Map<Integer, Long> end) {

    public TopicState {
        beginning = Map.copyOf(beginning);
        end = Map.copyOf(end);
    }

    /**
     * The same state with later beginnings.
     *
     * @param offsets new beginnings, by partition; a partition without one, or with Kafka's -1 for no such
     *     message, begins at its end
     */
    public TopicState from(Map<Integer, Long> offsets) {
        Map<Integer, Long> from = new HashMap<>();
        end.forEach((partition, last) -> {
            long offset = offsets.getOrDefault(partition, -1L);
            long first = beginning.getOrDefault(partition, 0L);
            from.put(partition, offset < 0 ? last : Math.min(last, Math.max(first, offset)));
        });
        return new TopicState(topic, topicId, from, end);
    }

    /**
     * Offsets between beginning and end, over all partitions: the number of messages, unless some were compacted away.
     */
    public long messages() {
        return end.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - beginning.getOrDefault(entry.getKey(), 0L))
                .sum();
    }
}
