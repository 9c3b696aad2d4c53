package io.alertstream.kafka;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Compares a member's positions with the ends of its partitions. */
final class Lags {

    /**
     * A member's position in a partition.
     *
     * @param position next offset to deliver
     * @param lastMillis see {@link MemberPosition}
     */
    record Progress(TopicPartition partition, long position, long lastMillis) {}

    private static final long NO_TIME = Long.MAX_VALUE;

    private final AdminCalls admin;
    private final Clock clock;

    Lags(AdminCalls admin, Clock clock) {
        this.admin = admin;
        this.clock = clock;
    }

    /** Checks the topics first: without the topic, a member has no partitions and would seem to have no lag. */
    Future<Lag> of(Set<String> topics, List<Progress> progress) {
        return Future.all(topics.stream().map(this::requireTopic).toList()).compose(there -> of(progress));
    }

    private Future<Void> requireTopic(String topic) {
        return admin.call(client ->
                        client.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .<Void>mapEmpty()
                .recover(e -> Future.failedFuture(
                        e instanceof UnknownTopicOrPartitionException
                                ? new KafkaClientException("topic " + topic + " doesn't exist (INGEST_TOPICS)", e)
                                : e));
    }

    private Future<Lag> of(List<Progress> progress) {
        if (progress.isEmpty()) {
            return Future.succeededFuture(Lag.NONE);
        }
        Map<TopicPartition, OffsetSpec> ends =
                progress.stream().collect(Collectors.toMap(Progress::partition, which -> OffsetSpec.latest()));
        return admin.call(client -> client.listOffsets(ends).all()).map(found -> compare(progress, found));
    }

    Future<Void> close() {
        return admin.close();
    }

    private Lag compare(List<Progress> progress, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        long messages = 0;
        long oldest = NO_TIME;
        for (Progress one : progress) {
            long behind = Math.max(0, ends.get(one.partition()).offset() - one.position());
            messages += behind;
            if (behind > 0) {
                oldest = Math.min(oldest, one.lastMillis());
            }
        }
        double seconds = oldest == NO_TIME ? 0 : Math.max(0, clock.millis() - oldest) / 1000.0;
        return new Lag(messages, seconds);
    }
}
