package io.alertstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.RefusedException;
import io.alertstream.kafka.Topics;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a community broker's developer gets on the SCRAM listener with Kafka's stock client. */
@EmbeddedBrokerAlone("it tests the rights that this broker grants the user community")
class CommunityAccessIT {

    private static final String TOPIC = "alerts-simulated";
    private static final String OTHER = "alerts-static";

    @TempDir
    static Path temp;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(new BrokerOptions(temp.resolve("kafka"), 0, 0, TOPIC));
        Map<String, Object> all = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(all);
                Producer<String, String> producer =
                        new KafkaProducer<>(all, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1), new NewTopic(OTHER, 1, (short) 1)))
                    .all()
                    .get(10, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(TOPIC, "an alert")).get(10, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(OTHER, "not theirs")).get(10, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void readsTheTopicInItsOwnGroupAndCommits() {
        try (Consumer<String, String> consumer = consumer("community-broker", "community")) {
            consumer.subscribe(List.of(TOPIC));
            assertThat(poll(consumer)).singleElement().isEqualTo("an alert");
            consumer.commitSync();
        }
    }

    @Test
    void describesOnlyItsTopic() throws Exception {
        try (Admin admin = Admin.create(community("community"))) {
            assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS)).containsExactly(TOPIC);
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
            assertThat(admin.describeConfigs(List.of(topic)).all().get(10, TimeUnit.SECONDS))
                    .containsKey(topic);
        }
    }

    @Test
    void mayNotUseAnotherGroup() {
        try (Consumer<String, String> consumer = consumer("alertdb-ingester", "community")) {
            consumer.subscribe(List.of(TOPIC));
            assertThatThrownBy(() -> poll(consumer)).isInstanceOf(GroupAuthorizationException.class);
        }
    }

    @Test
    void mayNotReadAnotherTopic() {
        try (Consumer<String, String> consumer = consumer("community-broker-2", "community")) {
            consumer.subscribe(List.of(OTHER));
            assertThatThrownBy(() -> poll(consumer)).isInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void mayNotWrite() {
        // An idempotent producer is refused before it names a topic.
        Map<String, Object> config = new HashMap<>(community("community"));
        config.put("enable.idempotence", false);
        try (Producer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>(TOPIC, "forged")).get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void anExistingTopicNeedsNoRightToCreateIt() throws Exception {
        Vertx vertx = Vertx.vertx();
        KafkaSettings settings = SettingsReader.read(
                List.of(new SettingValues(
                        "test",
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + broker.scramPort(),
                                "KAFKA_SECURITY", "scram",
                                "KAFKA_USERNAME", "community",
                                "KAFKA_PASSWORD", "community"))),
                KafkaSettings::read);
        Topics topics = new KafkaClients(vertx, settings).topics();
        topics.createIfAbsent(TOPIC, 2, Map.of()).await(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> topics.createIfAbsent("mine", 2, Map.of()).await(10, TimeUnit.SECONDS))
                .isInstanceOf(RefusedException.class);
        topics.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void mayNotCreateOrDeleteATopic() {
        try (Admin admin = Admin.create(community("community"))) {
            assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic("mine", 1, (short) 1)))
                            .all()
                            .get(10, TimeUnit.SECONDS))
                    .rootCause()
                    .isInstanceOfAny(TopicAuthorizationException.class, ClusterAuthorizationException.class);
            assertThatThrownBy(() -> admin.deleteTopics(List.of(TOPIC)).all().get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void isRefusedWithAnotherPassword() {
        try (Admin admin = Admin.create(community("guess"))) {
            assertThatThrownBy(() -> admin.listTopics().names().get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    private static Map<String, Object> community(String password) {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + broker.scramPort(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"community\" password=\"" + password + "\";");
    }

    private static Consumer<String, String> consumer(String group, String password) {
        Map<String, Object> config = new HashMap<>(community(password));
        config.put("group.id", group);
        config.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }

    private static List<String> poll(Consumer<String, String> consumer) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
            if (!records.isEmpty()) {
                return StreamSupport.stream(records.spliterator(), false)
                        .map(found -> found.value())
                        .toList();
            }
        }
        return List.of();
    }
}
