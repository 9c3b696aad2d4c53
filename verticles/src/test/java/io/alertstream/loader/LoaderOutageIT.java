package io.alertstream.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.local.BrokerOptions;
import io.alertstream.local.EmbeddedBroker;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away in the middle of a load, for {@code outage.seconds}, and comes back on its port. */
class LoaderOutageIT {

    private static final long OUTAGE_SECONDS = Long.getLong("outage.seconds", 5);
    private static final String STATIC = "alerts-static";
    private static final int ALERTS = 1000;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @Test
    void everyAlertIsThereOnceAndInOrderAfterAll() throws Exception {
        EmbeddedBroker broker = start(0);
        int port = broker.port();
        try {
            KafkaClients clients = new KafkaClients(vertx, KafkaSettings.plaintext(broker.bootstrapServers()));
            Topics topics = clients.topics();
            LoaderVerticle loader = loader(broker.bootstrapServers());
            await(vertx.deployVerticle(loader));
            while (await(topics.state(STATIC)).map(TopicState::messages).orElse(0L) == 0) {
                assertThat(loader.finished().isComplete()).isFalse();
            }
            broker.close();
            new CountDownLatch(1).await(OUTAGE_SECONDS, TimeUnit.SECONDS);
            broker = start(port);
            loader.finished().await(60 + OUTAGE_SECONDS, TimeUnit.SECONDS);

            assertTopicHoldsTheVisit(topics, clients.reader());
            await(topics.close());
            await(vertx.close());
        } finally {
            broker.close();
        }
    }

    private EmbeddedBroker start(int port) {
        return EmbeddedBroker.start(new BrokerOptions(directory.resolve("kafka"), port, 0, "alerts-simulated"));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }

    private static LoaderVerticle loader(String bootstrapServers) {
        Source source = new Source(
                "test",
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        bootstrapServers,
                        "SCHEMA_REGISTRY_URL",
                        "http://127.0.0.1:1",
                        "SAMPLE_ALERTS",
                        Integer.toString(ALERTS)));
        return new LoaderVerticle(
                SettingsReader.read(List.of(source), LoaderSettings::read),
                new Ops(new Readiness(), new SimpleMeterRegistry(), failure -> {}));
    }

    private static void assertTopicHoldsTheVisit(Topics topics, TopicReader reader) throws Exception {
        Optional<TopicState> state = await(topics.state(STATIC));
        List<Integer> hashes = new ArrayList<>();
        await(reader.read(state.orElseThrow(), message -> {
            hashes.add(java.util.Arrays.hashCode(message.value()));
            return Future.succeededFuture();
        }));
        await(reader.close());
        List<Integer> expected = new ArrayList<>();
        Schema schema = SchemaCatalog.bundled().latest().schema();
        try (AlertStream alerts = SampleVisit.of(ALERTS).open(schema, 1100)) {
            alerts.forEachRemaining(alert -> expected.add(java.util.Arrays.hashCode(alert.packet())));
        }
        assertThat(hashes).isEqualTo(expected);
    }
}
