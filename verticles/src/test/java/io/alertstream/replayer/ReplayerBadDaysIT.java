package io.alertstream.replayer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.RefusedException;
import io.alertstream.kafka.Topics;
import io.alertstream.kafka.VisitHeaders;
import io.alertstream.local.BrokerOptions;
import io.alertstream.local.EmbeddedBroker;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.settings.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away in the middle of a visit for {@code outage.seconds}, and one that refuses. */
class ReplayerBadDaysIT {

    private static final long OUTAGE_SECONDS = Long.getLong("outage.seconds", 5);
    private static final String STATIC = "alerts-static";
    private static final String REPLAY = "alerts-simulated";
    private static final int ALERTS = 100;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Fact.VisitReplayed> visits = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> fatal = new LinkedBlockingQueue<>();

    @Test
    void goesOnByItselfWhenTheBrokerIsBack() throws Exception {
        Bus.of(vertx).on(Fact.VisitReplayed.class, visits::add);
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerOptions(directory.resolve("kafka"), 0, 0, REPLAY));
        int port = broker.port();
        KafkaSettings kafka = KafkaSettings.plaintext(broker.bootstrapServers());
        try {
            Topics topics = new KafkaClients(vertx, kafka).topics();
            await(topics.createIfAbsent(REPLAY, 8, Map.of()));
            await(topics.createIfAbsent(STATIC, 1, Map.of()));
            load(kafka);
            ReplayerSettings settings = new ReplayerSettings(kafka, STATIC, REPLAY, Duration.ofSeconds(2), false);
            await(vertx.deployVerticle(
                    new ReplayerVerticle(settings, new Ops(new Readiness(), new SimpleMeterRegistry(), fatal::add))));
            nextVisit();
            while (await(topics.state(REPLAY)).orElseThrow().messages() <= ALERTS) {
                assertThat(fatal).isEmpty();
            }
            broker.close();
            new CountDownLatch(1).await(OUTAGE_SECONDS, TimeUnit.SECONDS);
            visits.clear();
            broker = EmbeddedBroker.start(new BrokerOptions(directory.resolve("kafka"), port, 0, REPLAY));

            assertThat(nextVisit().alerts()).isEqualTo(ALERTS);
            assertThat(nextVisit().alerts()).isEqualTo(ALERTS);
            assertThat(fatal).isEmpty();
            await(topics.close());
            await(vertx.close());
        } finally {
            CompletableFuture.runAsync(broker::close).get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRefusalEndsTheProcess() throws Exception {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(new BrokerOptions(directory.resolve("kafka"), 0, 0, REPLAY))) {
            Topics topics = new KafkaClients(vertx, KafkaSettings.plaintext(broker.bootstrapServers())).topics();
            await(topics.createIfAbsent(STATIC, 1, Map.of()));
            KafkaSettings community =
                    KafkaSettings.scram("127.0.0.1:" + broker.scramPort(), "community", new Secret("community"));
            ReplayerSettings settings = new ReplayerSettings(community, STATIC, REPLAY, Duration.ofSeconds(1), false);
            await(vertx.deployVerticle(
                    new ReplayerVerticle(settings, new Ops(new Readiness(), new SimpleMeterRegistry(), fatal::add))));

            assertThat(fatal.poll(60, TimeUnit.SECONDS))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(STATIC)
                    .hasMessageContaining("community");
            await(topics.close());
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }

    private Fact.VisitReplayed nextVisit() throws Exception {
        Fact.VisitReplayed visit = visits.poll(60 + OUTAGE_SECONDS, TimeUnit.SECONDS);
        assertThat(visit).as("a visit within the time limit").isNotNull();
        return visit;
    }

    private void load(KafkaSettings kafka) throws Exception {
        MessageProducer producer = new KafkaClients(vertx, kafka).producer(1 << 20);
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < ALERTS; i++) {
            sent.add(producer.send(new NewMessage(
                    STATIC,
                    0,
                    null,
                    ("alert " + i).getBytes(UTF_8),
                    Map.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(i * 10_000L)))));
        }
        await(Future.all(sent));
        await(producer.close());
    }
}
