package io.alertstream.kafka;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at topics and changes them. */
public interface Topics {

    /** The topic as it is now; empty if there is none. */
    Future<Optional<TopicState>> state(String topic);

    /** The same topic from the first message of that time or later in each partition; from the end where there is none. */
    Future<TopicState> since(TopicState state, Instant time);

    /** Creates the topic; what exists already stays as it is. */
    Future<Void> createIfAbsent(String topic, int partitions, Map<String, String> config);

    /**
     * Deletes the topic if there is one, waits until it is gone, and creates it.
     *
     * @return succeeds when the new topic has leaders and can be written to
     */
    Future<Void> recreate(String topic, int partitions, Map<String, String> config);

    /** The consumer groups that have committed an offset of the topic, and how far each is behind. */
    Future<List<GroupLag>> groupLags(String topic);

    Future<Void> close();
}
