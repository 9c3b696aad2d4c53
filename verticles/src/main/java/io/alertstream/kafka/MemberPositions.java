package io.alertstream.kafka;

import io.alertstream.kafka.Lags.Progress;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's position in each of its partitions. Kafka stores committed offsets by the topic's name, so each commit
 * carries the topic's id, and an offset of an earlier topic with the same name is ignored. For the member's thread.
 */
final class MemberPositions {

    private static final Logger log = LoggerFactory.getLogger(MemberPositions.class);

    /** How often to compare topic ids. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final Duration ASK_LIMIT = Duration.ofSeconds(10);

    private final BoundedConsumer consumer;
    private final Function<String, Future<Optional<String>>> topicIds;
    private final Consumer<Set<TopicPartition>> onRecreation;
    private final Clock clock;
    private final Map<TopicPartition, MemberPosition> known = new LinkedHashMap<>();
    private final Set<TopicPartition> unknown = new HashSet<>();
    private final Set<TopicPartition> recreated = new HashSet<>();
    private long lookAt = System.nanoTime();

    /**
     * @param topicIds looks up a topic's id; empty if the topic doesn't exist
     * @param onRecreation called with partitions whose topic was recreated while it was read
     */
    MemberPositions(
            BoundedConsumer consumer,
            Function<String, Future<Optional<String>>> topicIds,
            Consumer<Set<TopicPartition>> onRecreation,
            Clock clock) {
        this.consumer = consumer;
        this.topicIds = topicIds;
        this.onRecreation = onRecreation;
        this.clock = clock;
    }

    /** Partitions were assigned. Nothing is fetched from them until their starting offset is known. */
    void assigned(Collection<TopicPartition> partitions) {
        consumer.kafka().pause(partitions);
        unknown.addAll(partitions);
        lookAt = System.nanoTime();
    }

    void revoked(Collection<TopicPartition> partitions) {
        consumer.forget(partitions);
        partitions.forEach(known::remove);
        unknown.removeAll(partitions);
        recreated.removeAll(partitions);
    }

    /** Partitions whose start isn't known yet. */
    Set<TopicPartition> unknown() {
        return unknown;
    }

    void handedOver(List<Message> messages) {
        for (Message message : messages) {
            known.computeIfPresent(
                    new TopicPartition(message.topic(), message.partition()),
                    (partition, place) -> new MemberPosition(place.topicId(), message.timestampMillis()));
        }
    }

    /** The position in each partition. */
    List<Progress> progress() {
        return known.entrySet().stream()
                .map(entry -> new Progress(
                        entry.getKey(),
                        consumer.next(entry.getKey()),
                        entry.getValue().lastMillis()))
                .toList();
    }

    /**
     * The offset to commit, with the topic's id.
     *
     * @return empty if the partition isn't assigned to this member
     * @throws IllegalStateException while it isn't known which topic the offset belongs to
     */
    Optional<OffsetAndMetadata> commit(TopicPartition partition, long next) {
        if (unknown.contains(partition) || recreated.contains(partition)) {
            throw new IllegalStateException("the start isn't known yet of " + partition);
        }
        return Optional.ofNullable(known.get(partition)).map(place -> new OffsetAndMetadata(next, place.topicId()));
    }

    /** The listener knows that the topic was recreated: from now on commits are for the new one. */
    void recreationIsKnown(Set<TopicPartition> partitions) {
        recreated.removeAll(partitions);
    }

    /** Finds the start of newly assigned partitions, and periodically compares topic ids. */
    void look() {
        if (System.nanoTime() - lookAt < 0) {
            return;
        }
        lookAt = System.nanoTime() + LOOK_EVERY.toNanos();
        Map<String, String> ids = ids();
        leaveRecreated(ids);
        begin(ids);
    }

    private Map<String, String> ids() {
        Set<String> topics = new HashSet<>();
        known.keySet().forEach(partition -> topics.add(partition.topic()));
        unknown.forEach(partition -> topics.add(partition.topic()));
        Map<String, String> ids = new HashMap<>();
        for (String topic : topics) {
            try {
                topicIds.apply(topic)
                        .await(ASK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                        .ifPresent(id -> ids.put(topic, id));
            } catch (java.util.concurrent.TimeoutException e) {
                throw new TimeoutException("asking for the id of topic " + topic, e);
            }
        }
        return ids;
    }

    private void leaveRecreated(Map<String, String> ids) {
        Set<TopicPartition> changed = known.entrySet().stream()
                .filter(entry -> !ids.getOrDefault(
                                entry.getKey().topic(), entry.getValue().topicId())
                        .equals(entry.getValue().topicId()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        if (!changed.isEmpty()) {
            changed.forEach(known::remove);
            consumer.forget(changed);
            unknown.addAll(changed);
            recreated.addAll(changed);
            onRecreation.accept(changed);
        }
    }

    private void begin(Map<String, String> ids) {
        Set<TopicPartition> wanted = unknown.stream()
                .filter(partition -> ids.containsKey(partition.topic()))
                .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.kafka().committed(wanted, ASK_LIMIT);
        List<TopicPartition> fromStart = new ArrayList<>();
        for (TopicPartition partition : wanted) {
            OffsetAndMetadata offset = committed.get(partition);
            String id = ids.get(partition.topic());
            if (offset == null) {
                fromStart.add(partition);
            } else if (recreated.contains(partition) || isOfAnother(offset, id)) {
                log.atError()
                        .addKeyValue("topic", partition.topic())
                        .addKeyValue("partition", partition.partition())
                        .addKeyValue("offset", offset.offset())
                        .log("topic recreated, committed offset of the old topic ignored, reading from the earliest"
                                + " offset");
                fromStart.add(partition);
            } else {
                begin(partition, id, offset.offset());
            }
        }
        consumer.kafka()
                .beginningOffsets(fromStart, ASK_LIMIT)
                .forEach((partition, offset) -> begin(partition, ids.get(partition.topic()), offset));
    }

    /** Commits of older releases carry no id and are trusted. */
    private static boolean isOfAnother(OffsetAndMetadata committed, String topicId) {
        return !committed.metadata().isEmpty() && !committed.metadata().equals(topicId);
    }

    private void begin(TopicPartition partition, String topicId, long offset) {
        consumer.seek(partition, offset);
        known.put(partition, new MemberPosition(topicId, clock.millis()));
        unknown.remove(partition);
    }

    /** Retention deleted messages before this group read them: logs that, and continues with the rest. */
    void expired(Map<TopicPartition, Long> wanted) {
        consumer.kafka().beginningOffsets(wanted.keySet(), ASK_LIMIT).forEach((partition, beginning) -> {
            log.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("offset", wanted.get(partition))
                    .log(
                            "messages deleted by retention before they were read, continuing at the earliest offset, {}",
                            beginning);
            consumer.seek(partition, beginning);
        });
    }
}
