package io.alertstream.kafka;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes topics and changes them. */
public interface Topics {

    /** The topic's current state; empty if it doesn't exist. */
    Future<Optional<TopicState>> state(String topic);

    /** The state with beginnings at the first message of that time or later in each partition, or at its end. */
    Future<TopicState> since(TopicState state, Instant time);

    /** Creates the topic unless it exists. */
    Future<Void> createIfAbsent(String topic, int partitions, Map<String, String> config);

    /**
     * Deletes the topic if there is one, waits until it is gone, and creates it.
     *
     * @return succeeds when the new topic has leaders and can be written to
     */
    Future<Void> recreate(String topic, int partitions, Map<String, String> config);

    /** The consumer groups that have committed an offset of the topic, with their lag. */
    Future<List<GroupLag>> groupLags(String topic);

    Future<Void> close();
}
