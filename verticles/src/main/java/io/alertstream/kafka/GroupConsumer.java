package io.alertstream.kafka;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A member of a consumer group, which starts at the earliest offset where its group has none. It never commits by
 * itself.
 */
public interface GroupConsumer {

    /** A partition of a topic. */
    record Partition(String topic, int partition) {

        @Override
        public String toString() {
            return topic + "-" + partition;
        }
    }

    /** What the member is told, on its context. */
    interface Listener {

        /** One poll's messages, each partition in order. */
        void messages(List<Message> batch);

        /** Partitions came; reading goes on from their committed offsets. */
        void assigned(Set<Partition> partitions);

        /** Partitions went: their messages may still come in a batch that was on its way, and go to another member too. */
        void revoked(Set<Partition> partitions);

        /** Reading failed for good, or until the consumer is closed and made again. */
        void failed(Throwable cause);
    }

    /** Joins the group and begins to read. */
    Future<Void> subscribe(Set<String> topics, Listener listener);

    /** Fetches no more until {@link #resume}; the member stays in its group. */
    void pause();

    /** Fetches again. */
    void resume();

    /**
     * Commits the next offset to read, by partition.
     *
     * @return fails if the group moved on without this member, or Kafka can't be reached
     */
    Future<Void> commit(Map<Partition, Long> nextOffsets);

    /** Leaves the group. */
    Future<Void> close();
}
