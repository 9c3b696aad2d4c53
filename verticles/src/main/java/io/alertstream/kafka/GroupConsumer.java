package io.alertstream.kafka;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A member of a consumer group. It starts at the earliest offset where the group has committed none, or only one of a
 * topic that was recreated since. It never commits by itself.
 */
public interface GroupConsumer {

    /** A partition of a topic. */
    record Partition(String topic, int partition) {

        @Override
        public String toString() {
            return topic + "-" + partition;
        }
    }

    /** Called on the context that subscribed. */
    interface Listener {

        /**
         * The next messages, in order within each partition, at most 128 and 32 MiB. One more fetch per broker is
         * buffered. The next messages follow after this method returns. A message that can't be read, alone or with
         * its batch, is {@link Message#unreadable}.
         */
        void messages(List<Message> batch);

        /**
         * Partitions were assigned; none if the group has more members than partitions. Consumption continues at
         * their committed offsets.
         */
        void assigned(Set<Partition> partitions);

        /**
         * Partitions were revoked. Their messages may still arrive in a batch that was in flight, and are delivered to
         * another member too.
         */
        void revoked(Set<Partition> partitions);

        /**
         * Consumption failed, and this consumer must be replaced: a {@link RefusedException} or something unforeseen.
         * An unavailable broker isn't a failure: it is polled again.
         */
        void failed(Throwable cause);
    }

    /** Joins the group and starts consuming. */
    Future<Void> subscribe(Set<String> topics, Listener listener);

    /** Stops fetching until {@link #resume}; a batch in flight is still delivered. The member stays in its group. */
    void pause();

    /** Resumes fetching. */
    void resume();

    /**
     * Commits the next offset to read, by partition, with the topic's id. Revoked partitions are left out.
     *
     * @return fails if the group was rebalanced without this member, or Kafka can't be reached: then a later
     *     commit succeeds, or the messages are redelivered
     */
    Future<Void> commit(Map<Partition, Long> nextOffsets);

    /**
     * This member's lag, where delivered messages count as read. A newly assigned partition counts once its committed
     * offset is known.
     *
     * @return fails if Kafka doesn't answer, or one of the topics doesn't exist
     */
    Future<Lag> lag();

    /** Time since the last poll ended, or since joining; zero before that. A paused member keeps polling. */
    Duration sinceLastPoll();

    /** Completes pending commits and leaves the group. */
    Future<Void> close();
}
