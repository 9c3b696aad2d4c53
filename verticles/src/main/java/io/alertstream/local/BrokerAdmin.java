package io.alertstream.local;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** Changes topics and groups of an embedded broker. Those of a cluster belong to its operators. */
final class BrokerAdmin {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String bootstrapServers;

    BrokerAdmin(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Changes these settings of an existing topic, and no others. */
    void configureTopic(String topic, Map<String, String> config)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<AlterConfigOp> changes = config.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = open()) {
            await(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
        }
    }

    /** Removes all members of a group, if the group exists. */
    void forgetMembers(String group) throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = open()) {
            boolean known = await(admin.listGroups(ListGroupsOptions.forConsumerGroups())
                            .valid())
                    .stream()
                    .anyMatch(listed -> listed.groupId().equals(group));
            if (known && !members(admin, group).isEmpty()) {
                await(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                        .all());
            }
        }
    }

    private static Collection<MemberDescription> members(Admin admin, String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        return await(admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group))
                .members();
    }

    private Admin open() {
        return Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers,
                "default.api.timeout.ms", (int) LIMIT.toMillis(),
                "request.timeout.ms", (int) LIMIT.toMillis()));
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
