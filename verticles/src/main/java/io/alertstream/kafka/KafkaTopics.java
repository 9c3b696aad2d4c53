package io.alertstream.kafka;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics through Kafka's admin client. */
final class KafkaTopics implements Topics {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final AdminCalls admin;
    private final KafkaFailures failures;

    KafkaTopics(Vertx vertx, AdminCalls admin, KafkaFailures failures) {
        this.vertx = vertx;
        this.admin = admin;
        this.failures = failures;
    }

    @Override
    public Future<Optional<TopicState>> state(String topic) {
        return describe(topic)
                .compose(found -> found.map(description ->
                                offsets(description).map(Optional::of).recover(KafkaTopics::noneIfGone))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())))
                .recover(e -> Future.failedFuture(failures.of("looking at topic " + topic, e)));
    }

    @Override
    public Future<TopicState> since(TopicState state, Instant time) {
        List<TopicPartition> partitions = state.end().keySet().stream()
                .map(partition -> new TopicPartition(state.topic(), partition))
                .toList();
        return offsets(partitions, OffsetSpec.forTimestamp(time.toEpochMilli()))
                .map(found -> state.from(found))
                .recover(e -> Future.failedFuture(
                        failures.of("looking for messages of " + time + " in topic " + state.topic(), e)));
    }

    @Override
    public Future<Void> createIfAbsent(String topic, int partitions, Map<String, String> config) {
        // Looks first: a user who may write to a topic that exists needn't be allowed to create it.
        return describe(topic)
                .compose(found -> found.isPresent()
                        ? Future.<Void>succeededFuture()
                        : create(topic, partitions, config).compose(id -> whenWritable(topic, id)))
                .recover(e -> e instanceof TopicExistsException ? Future.succeededFuture() : Future.failedFuture(e))
                .recover(e -> Future.failedFuture(failures.of("creating topic " + topic, e)));
    }

    @Override
    public Future<Void> recreate(String topic, int partitions, Map<String, String> config) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        return delete(topic)
                .compose(gone -> createWhenGone(topic, partitions, config, deadline))
                .compose(id -> whenWritable(topic, id))
                .recover(e -> Future.failedFuture(failures.of("recreating topic " + topic, e)));
    }

    @Override
    public Future<List<GroupLag>> groupLags(String topic) {
        return state(topic)
                .compose(found -> found.map(state -> new GroupLags(admin).of(state))
                        .orElseGet(() -> Future.succeededFuture(List.of())))
                .recover(e -> Future.failedFuture(failures.of("looking at the consumer groups of topic " + topic, e)));
    }

    @Override
    public Future<Void> close() {
        return admin.close();
    }

    /** The topic's id, empty if the topic doesn't exist; fails with Kafka's own exception. */
    Future<Optional<String>> id(String topic) {
        return describe(topic)
                .map(found -> found.map(description -> description.topicId().toString()));
    }

    private Future<Optional<TopicDescription>> describe(String topic) {
        return admin.call(client ->
                        client.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .map(Optional::of)
                .recover(KafkaTopics::noneIfGone);
    }

    private static <T> Future<Optional<T>> noneIfGone(Throwable failure) {
        return failure instanceof UnknownTopicOrPartitionException || failure instanceof UnknownTopicIdException
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure);
    }

    private Future<TopicState> offsets(TopicDescription topic) {
        List<TopicPartition> partitions = topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        Future<Map<Integer, Long>> beginning = offsets(partitions, OffsetSpec.earliest());
        Future<Map<Integer, Long>> end = offsets(partitions, OffsetSpec.latest());
        return Future.all(beginning, end)
                .map(both ->
                        new TopicState(topic.name(), topic.topicId().toString(), beginning.result(), end.result()));
    }

    private Future<Map<Integer, Long>> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream().collect(Collectors.toMap(p -> p, p -> which));
        return admin.call(client -> client.listOffsets(asked).all()).map(KafkaTopics::byPartition);
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, ListOffsetsResultInfo> found) {
        Map<Integer, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
        return offsets;
    }

    private Future<Uuid> create(String topic, int partitions, Map<String, String> config) {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config);
        return admin.call(client -> client.createTopics(List.of(wanted)).topicId(topic));
    }

    private Future<Void> delete(String topic) {
        return admin.call(client -> client.deleteTopics(List.of(topic)).all())
                .recover(e -> e instanceof UnknownTopicOrPartitionException
                        ? Future.succeededFuture()
                        : Future.failedFuture(e));
    }

    /** Deletion is asynchronous: for a while a deleted topic still "exists", or is "marked for deletion". */
    private Future<Uuid> createWhenGone(String topic, int partitions, Map<String, String> config, long deadline) {
        return create(topic, partitions, config)
                .recover(e -> e instanceof TopicExistsException && System.nanoTime() < deadline
                        ? later(() -> createWhenGone(topic, partitions, config, deadline))
                        : Future.failedFuture(e));
    }

    private Future<Void> whenWritable(String topic, Uuid id) {
        return whenWritable(topic, id, System.nanoTime() + LIMIT.toNanos());
    }

    /** Brokers learn of a new topic and its leaders one after the other: some still describe the old one. */
    private Future<Void> whenWritable(String topic, Uuid id, long deadline) {
        return describe(topic).compose(found -> {
            if (found.isPresent() && found.get().topicId().equals(id) && hasLeaders(found.get())) {
                return offsets(found.get()).mapEmpty();
            }
            return System.nanoTime() < deadline
                    ? later(() -> whenWritable(topic, id, deadline))
                    : Future.failedFuture(new IllegalStateException("no leader after " + LIMIT.toSeconds() + " s"));
        });
    }

    private static boolean hasLeaders(TopicDescription topic) {
        return topic.partitions().stream()
                .map(TopicPartitionInfo::leader)
                .allMatch(leader -> leader != null && !leader.isEmpty());
    }

    private <T> Future<T> later(Supplier<Future<T>> action) {
        return vertx.timer(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS).compose(elapsed -> action.get());
    }
}
