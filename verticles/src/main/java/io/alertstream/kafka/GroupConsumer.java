package io.alertstream.kafka;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A member of a consumer group, which starts at the earliest offset where its group has none, or one of a topic that was
 * deleted and created again since. It never commits by itself.
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

        /**
         * The next messages, each partition in order: 128 of them and 32 MiB at most. One fetch waits in the consumer, for
         * each broker. The next messages come after this method has returned. A message that can't be read, by itself
         * or with its batch, comes as {@link Message#unreadable}.
         */
        void messages(List<Message> batch);

        /**
         * This member is in its group, and these partitions came: none where the group has more members than partitions.
         * Reading goes on from their committed offsets.
         */
        void assigned(Set<Partition> partitions);

        /** Partitions went: their messages may still come in a batch that was on its way, and go to another member too. */
        void revoked(Set<Partition> partitions);

        /**
         * Reading failed for good, until this consumer is closed and another made: a {@link RefusedException}, or
         * something unforeseen, whatever it is. A broker that is away isn't a failure: it is asked again.
         */
        void failed(Throwable cause);
    }

    /** Joins the group and begins to read. */
    Future<Void> subscribe(Set<String> topics, Listener listener);

    /** Fetches no more until {@link #resume}; a batch that was on its way still comes. The member stays in its group. */
    void pause();

    /** Fetches again. */
    void resume();

    /**
     * Commits the next offset to read, by partition, with the id of the partition's topic. Partitions that aren't this
     * member's any more are left out.
     *
     * @return fails if the group moved on without this member, or Kafka can't be reached: then the messages come again,
     *     to this member or another, or a later commit succeeds
     */
    Future<Void> commit(Map<Partition, Long> nextOffsets);

    /**
     * How far this member is behind the end of its partitions, counting what it was handed as read. A partition that
     * came a moment ago isn't counted before it is known where the group stands in it.
     *
     * @return fails if Kafka doesn't answer, and if one of the topics doesn't exist
     */
    Future<Lag> lag();

    /** Time since the last poll ended, or since joining; zero before that. A member that is paused polls on. */
    Duration sinceLastPoll();

    /** Completes what was committed and leaves the group. */
    Future<Void> close();
}
