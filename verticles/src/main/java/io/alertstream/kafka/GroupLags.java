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

/** Finds the consumer groups of a topic. Kafka lists all groups and each group's offsets, but not a topic's groups. */
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

    /** Null if the group has committed no offset of the topic. */
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
        return compare(group.groupId(), group.groupState().map(Object::toString).orElse("unknown"), topic, next);
    }

    static GroupLag compare(String group, String state, TopicState topic, Map<Integer, Long> next) {
        long messages = 0;
        long lost = 0;
        for (Map.Entry<Integer, Long> end : topic.end().entrySet()) {
            long beginning = topic.beginning().getOrDefault(end.getKey(), 0L);
            long committed = next.getOrDefault(end.getKey(), beginning);
            messages += Math.max(0, end.getValue() - Math.max(committed, beginning));
            lost += Math.max(0, beginning - committed);
        }
        return new GroupLag(group, state, next, messages, lost);
    }
}
