package io.alertstream.kafka;

import java.util.Map;

/**
 * A topic at one moment.
 *
 * @param topicId Kafka's id of this incarnation: a topic that is deleted and created again has another one
 * @param beginning the first offset there is, by partition
 * @param end one more than the last offset there is, by partition
 */
public record TopicState(String topic, String topicId, Map<Integer, Long> beginning, Map<Integer, Long> end) {

    public TopicState {
        beginning = Map.copyOf(beginning);
        end = Map.copyOf(end);
    }

    /** Offsets between beginning and end, over all partitions: the messages, where none was compacted away. */
    public long messages() {
        return end.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - beginning.getOrDefault(entry.getKey(), 0L))
                .sum();
    }
}
