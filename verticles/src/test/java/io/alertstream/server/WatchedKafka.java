package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;

import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.Topics;
import io.alertstream.local.TestKafka;
import io.alertstream.server.overview.OverviewSettings;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The topics of a system, for a server that monitors them. */
final class WatchedKafka implements AutoCloseable {

    private final TestKafka kafka;
    private final Vertx vertx = Vertx.vertx();
    private final Topics topics;
    private final MessageProducer producer;

    final String staticTopic;
    final String replayTopic;

    WatchedKafka(TestKafka kafka) {
        this.kafka = kafka;
        KafkaClients clients = new KafkaClients(vertx, KafkaSettings.plaintext(kafka.bootstrapServers()));
        topics = clients.topics();
        producer = clients.producer(1 << 20);
        staticTopic = kafka.newTopic("static");
        replayTopic = kafka.newTopic("replay");
        await(topics.createIfAbsent(staticTopic, 1, Map.of()));
        await(topics.createIfAbsent(replayTopic, 1, Map.of()));
    }

    OverviewSettings settings() {
        return OverviewSettings.read(new SettingsReader(List.of(new SettingValues(
                "test",
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                        "STATIC_TOPIC", staticTopic,
                        "REPLAY_TOPIC", replayTopic,
                        "DEAD_LETTER_TOPIC", staticTopic + "-none",
                        "INGEST_GROUP", replayTopic)))));
    }

    void send(String topic, int messages) {
        for (int i = 0; i < messages; i++) {
            await(producer.send(NewMessage.of(topic, new byte[] {1})));
        }
    }

    /** Commits offsets for a group that has read this many messages of the replay topic. */
    void read(String group, long messages) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(
                            group, Map.of(new TopicPartition(replayTopic, 0), new OffsetAndMetadata(messages)))
                    .all()
                    .get();
        }
    }

    void forget(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        }
    }

    @Override
    public void close() {
        await(producer.close());
        await(topics.close());
        await(vertx.close());
    }
}
