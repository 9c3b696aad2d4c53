package io.alertstream.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Settings of a topic that exists. A cluster's topics are its operators'; only a broker of our own is changed here. */
final class TopicConfig {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private TopicConfig() {}

    /** Changes these settings, and no others. */
    static void change(String bootstrapServers, String topic, Map<String, String> config)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<AlterConfigOp> changes = config.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
