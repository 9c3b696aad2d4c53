package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.RefusedException;
import io.alertstream.kafka.Topics;
import io.alertstream.local.EmbeddedBrokerAlone;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A broker that refuses access; {@code ClientsInOutageIT} tests one that becomes unavailable. */
@KafkaTest
@EmbeddedBrokerAlone("it knows a user without the rights of a replayer")
class ReplayerBadDaysIT {

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Throwable> fatal = new LinkedBlockingQueue<>();

    @Test
    void aRefusalEndsTheProcess(TestKafka broker) throws Exception {
        String topic = broker.newTopic("static");
        Topics topics = new KafkaClients(vertx, KafkaSettings.plaintext(broker.bootstrapServers())).topics();
        await(topics.createIfAbsent(topic, 1, Map.of()));
        KafkaSettings community = SettingsReader.read(
                List.of(new SettingValues(
                        "test",
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS", broker.communityServers(),
                                "KAFKA_SECURITY", "scram",
                                "KAFKA_USERNAME", "community",
                                "KAFKA_PASSWORD", "community"))),
                KafkaSettings::read);
        ReplayerSettings settings = new ReplayerSettings(
                community, topic, broker.newTopic("replay"), Duration.ofSeconds(1), false, Optional.empty());
        await(vertx.deployVerticle(
                new ReplayerVerticle(settings, new Ops(new Readiness(), new SimpleMeterRegistry(), fatal::add))));

        assertThat(fatal.poll(60, TimeUnit.SECONDS))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(topic)
                .hasMessageContaining("community");
        await(topics.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }
}
