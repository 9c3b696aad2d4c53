package io.alertstream.kafka;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Looks for the consumer groups of a topic. Kafka lists groups and each group's offsets, not a topic's groups. */
final class GroupLags {

    private final AdminCalls admin;

    GroupLags(AdminCalls admin) {
        this.admin = admin;
    }

    Future<List<GroupLag>> of(TopicState topic) {
        return admin.call(client ->
                        client.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .compose(groups -> {
                    List<Future<GroupLag>> lags =
                            groups.stream().map(group -> lag(group, topic)).toList();
                    return Future.all(lags).map(all -> all.<GroupLag>list().stream()
                            .filter(Objects::nonNull)
                            .toList());
                });
    }

    /** Null where the group has nothing to do with the topic. */
    private Future<GroupLag> lag(GroupListing group, TopicState topic) {
        return admin.call(client ->
                        client.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata())
                .map(offsets -> lag(group, topic, offsets));
    }

    private static GroupLag lag(GroupListing group, TopicState topic, Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<Integer, Long> next = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            if (partition.topic().equals(topic.topic()) && offset != null) {
                next.put(partition.partition(), offset.offset());
            }
        });
        if (next.isEmpty()) {
            return null;
        }
        long messages = topic.end().entrySet().stream()
                .mapToLong(end -> end.getValue()
                        - next.getOrDefault(end.getKey(), topic.beginning().getOrDefault(end.getKey(), 0L)))
                .map(behind -> Math.max(0, behind))
                .sum();
        return new GroupLag(
                group.groupId(), group.groupState().map(Object::toString).orElse("unknown"), next, messages);
    }
}
