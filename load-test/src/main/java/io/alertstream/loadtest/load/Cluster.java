package io.alertstream.loadtest.load;

import io.alertstream.loadtest.target.KafkaAccess;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Topics and groups of a cluster; its calls block. */
public final class Cluster implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 20;

    private final KafkaAccess access;
    private final Admin admin;

    public Cluster(KafkaAccess access) {
        this.access = access;
        admin = Admin.create(access.with(Map.of("client.id", "load-test-admin")));
    }

    /**
     * The partitions of a topic.
     *
     * @throws LoadTestException if there is no such topic, or no cluster
     */
    public List<TopicPartition> partitions(String topic) {
        return get(
                        "look at the topic " + topic,
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .partitions()
                .stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** Creates a topic unless it exists, with the cluster's default number of replicas. */
    public void create(String topic, int partitions) {
        try {
            get(
                    "create the topic " + topic,
                    admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.<Short>empty())))
                            .all());
        } catch (LoadTestException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Deletes a topic that this program created. */
    public void delete(String topic) {
        get("delete the topic " + topic, admin.deleteTopics(List.of(topic)).all());
    }

    /** Deletes consumer groups, if permitted; otherwise they expire by themselves. */
    public void forget(Collection<String> groups) {
        try {
            admin.deleteConsumerGroups(groups).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The broker forgets empty groups after a week.
        }
    }

    /** A group's committed offsets, by partition; empty for a new group. */
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, OffsetAndMetadata> offsets = get(
                "read the offsets of the group " + group,
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    /** How many messages of a topic a group has not committed yet. */
    public long lag(String group, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> committed = committed(group);
        Map<TopicPartition, Long> first = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets(partitions, OffsetSpec.latest());
        long lag = 0;
        for (TopicPartition partition : partitions) {
            long from = Math.max(committed.getOrDefault(partition, 0L), first.get(partition));
            lag += Math.max(0, end.get(partition) - from);
        }
        return lag;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> query = new HashMap<>();
        partitions.forEach(partition -> query.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get("read offsets", admin.listOffsets(query).all())
                .forEach((partition, result) -> offsets.put(partition, result.offset()));
        return offsets;
    }

    private <T> T get(String what, KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new LoadTestException(
                    "can't %s at %s: %s".formatted(what, access, e.getCause().getMessage()), e.getCause());
        } catch (TimeoutException e) {
            throw new LoadTestException(
                    "can't %s: no answer from %s in %d s. See KAFKA_BOOTSTRAP_SERVERS and KAFKA_SECURITY"
                            .formatted(what, access, TIMEOUT_SECONDS),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadTestException("interrupted, could not " + what, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
