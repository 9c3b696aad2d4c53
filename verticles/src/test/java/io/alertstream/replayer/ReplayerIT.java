package io.alertstream.replayer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.kafka.VisitHeaders;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.LogLevel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@KafkaTest
class ReplayerIT {

    private static final int PARTITIONS = 8;
    private static final int LARGE = 1_000_000;
    private static final Map<String, String> ANY_SIZE = Map.of("max.message.bytes", "16777216");

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<Fact.VisitReplayed> visits = new LinkedBlockingQueue<>();
    private final String staticTopic;
    private final String replayTopic;
    private final KafkaSettings kafka;
    private Topics topics;
    private TopicReader reader;
    private MessageProducer producer;

    ReplayerIT(TestKafka testKafka) {
        kafka = KafkaSettings.plaintext(testKafka.bootstrapServers());
        staticTopic = testKafka.newTopic("alerts-static");
        replayTopic = testKafka.newTopic("alerts-simulated");
    }

    @BeforeEach
    void topics() throws Exception {
        KafkaClients clients = new KafkaClients(vertx, kafka);
        topics = clients.topics();
        reader = clients.reader();
        producer = clients.producer(16 << 20);
        await(topics.createIfAbsent(replayTopic, PARTITIONS, ANY_SIZE));
        Bus.of(vertx).on(Fact.VisitReplayed.class, visits::add);
    }

    @AfterEach
    void close() throws Exception {
        await(reader.close());
        await(producer.close());
        await(topics.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }

    private String deploy(Duration interval) throws Exception {
        ReplayerSettings settings =
                new ReplayerSettings(kafka, staticTopic, replayTopic, interval, false, Optional.empty());
        return await(
                vertx.deployVerticle(new ReplayerVerticle(settings, new Ops(new Readiness(), meters, failure -> {}))));
    }

    private void recreate() throws Exception {
        await(topics.recreate(staticTopic, 1, ANY_SIZE));
    }

    /** Loads the first {@code alerts} of a visit of {@code total}; the first one is large. */
    private void put(String visit, int alerts, int total, long offsetStepMicros) throws Exception {
        put(visit, alerts, total, offsetStepMicros, 1000);
    }

    private void put(String visit, int alerts, int total, long offsetStepMicros, int bytes) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < alerts; i++) {
            byte[] value = new byte[i == 0 ? LARGE : bytes];
            new Random(i).nextBytes(value);
            byte[] name = visit.getBytes(UTF_8);
            System.arraycopy(name, 0, value, 0, name.length);
            sent.add(producer.send(new NewMessage(
                    staticTopic,
                    0,
                    i % 2 == 0 ? null : new byte[] {(byte) i},
                    value,
                    Headers.of("origin", new byte[] {1, 2, 3})
                            .and(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(i * offsetStepMicros))
                            .and(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(total)))));
        }
        await(Future.all(sent));
    }

    private Fact.VisitReplayed nextVisit() throws Exception {
        Fact.VisitReplayed visit = visits.poll(60, TimeUnit.SECONDS);
        assertThat(visit).as("a visit within the time limit").isNotNull();
        return visit;
    }

    private List<Message> messages(String topic) throws Exception {
        List<Message> messages = new ArrayList<>();
        await(reader.read(await(topics.state(topic)).orElseThrow(), message -> {
            messages.add(message);
            return Future.succeededFuture();
        }));
        return messages;
    }

    private static List<String> contents(List<Message> messages, int bytes) {
        return messages.stream()
                .map(message -> new String(message.value(), 0, bytes, UTF_8))
                .toList();
    }

    @Test
    void replaysVisitsBitForBitAndOnSchedule() throws Exception {
        recreate();
        put("a", 40, 40, 5_000);
        deploy(Duration.ofSeconds(1));
        for (int visit = 1; visit <= 3; visit++) {
            Fact.VisitReplayed replayed = nextVisit();
            assertThat(replayed.visit()).isEqualTo(visit);
            assertThat(replayed.alerts()).isEqualTo(40);
            assertThat(replayed.took()).isGreaterThanOrEqualTo(Duration.ofMillis(195));
        }

        List<Message> original = messages(staticTopic);
        List<Message> copies = messages(replayTopic);
        for (Message message : original) {
            List<Message> same = copies.stream()
                    .filter(copy -> java.util.Arrays.equals(copy.value(), message.value())
                            && java.util.Arrays.equals(copy.key(), message.key()))
                    .toList();
            assertThat(same).hasSizeGreaterThanOrEqualTo(3).allSatisfy(copy -> {
                assertThat(copy.headers()).hasSize(1);
                assertThat(copy.headers().last("origin")).containsExactly(1, 2, 3);
            });
        }
        // Kafka timestamps a message when it is sent; the large alert is the first of its visit.
        List<Long> starts = copies.stream()
                .filter(copy -> copy.value().length == LARGE)
                .map(Message::timestampMillis)
                .sorted()
                .toList();
        // The first visit waits for the producer to connect; later ones start an interval apart.
        // A busy machine may be late but never early; ReplayerScheduleTest tests exact times on a manual clock.
        assertThat(starts.get(2) - starts.get(1)).isBetween(500L, 10_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 300})
    void aTopicRecreatedDuringAVisitIsReplayedWholeNext(int alerts) throws Exception {
        recreate();
        // More than is read ahead, so that part of the visit is still only in Kafka when the topic is deleted.
        put("old", 70, 70, 200_000, LARGE);
        deploy(Duration.ofMillis(500));
        awaitMessages(5);
        recreate();
        put("new", alerts, alerts, 0);

        assertThat(nextVisit().alerts()).isEqualTo(alerts);
        assertThat(meters.get("alertstream.replayer.visits.incomplete")
                        .counter()
                        .count())
                .isEqualTo(1);
        List<String> replayed = contents(messages(replayTopic), 3);
        assertThat(replayed.stream().filter("new"::equals).count()).isGreaterThanOrEqualTo(alerts);
        assertThat(replayed.stream().filter("old"::equals)).hasSizeLessThan(70);
    }

    /** Waits until the replay topic holds at least this many messages. */
    private void awaitMessages(int atLeast) throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (await(topics.state(replayTopic)).orElseThrow().messages() < atLeast) {
            assertThat(System.nanoTime()).isLessThan(limit);
        }
    }

    @Test
    void waitsForAMissingTopicThatIsLoadedSlowly() throws Exception {
        deploy(Duration.ofSeconds(37));
        assertThat(visits.poll(1500, TimeUnit.MILLISECONDS)).isNull();
        recreate();
        put("a", 5, 10, 0);
        assertThat(visits.poll(2500, TimeUnit.MILLISECONDS)).isNull();
        assertThat(await(topics.state(replayTopic)).orElseThrow().messages()).isZero();
        put("b", 5, 10, 0);

        assertThat(nextVisit().alerts()).isEqualTo(10);
    }

    @Test
    void aLoadedVisitStartsAtOnce() throws Exception {
        recreate();
        put("a", 5, 5, 0);
        deploy(Duration.ofHours(1));
        nextVisit();
        recreate();
        put("b", 6, 6, 0);
        Bus.of(vertx).publish(new Fact.VisitLoaded(staticTopic, 6, 0, Duration.ZERO));

        assertThat(nextVisit().alerts()).isEqualTo(6);
    }

    @Test
    void followsPauseResumeAndANewInterval() throws Exception {
        recreate();
        put("a", 5, 5, 0);
        deploy(Duration.ofMillis(200));
        nextVisit();
        Bus.of(vertx)
                .publish(new Fact.LiveSettingsChanged(new LiveSettings(Duration.ofMillis(200), true, LogLevel.INFO)));
        nextVisitsEnd();
        Bus.of(vertx)
                .publish(new Fact.LiveSettingsChanged(new LiveSettings(Duration.ofMillis(200), false, LogLevel.INFO)));
        nextVisit();
        Bus.of(vertx)
                .publish(new Fact.LiveSettingsChanged(new LiveSettings(Duration.ofHours(1), false, LogLevel.INFO)));
        nextVisitsEnd();
        Bus.of(vertx)
                .publish(new Fact.LiveSettingsChanged(new LiveSettings(Duration.ofMillis(200), true, LogLevel.INFO)));
        assertThat(visits.poll(700, TimeUnit.MILLISECONDS)).isNull();
        Bus.of(vertx)
                .publish(new Fact.LiveSettingsChanged(new LiveSettings(Duration.ofMillis(200), false, LogLevel.INFO)));
        nextVisit();
        nextVisit();
    }

    /** Drains the visits in progress, until none has ended for three intervals. */
    private void nextVisitsEnd() throws Exception {
        int came = 0;
        while (visits.poll(600, TimeUnit.MILLISECONDS) != null) {
            assertThat(++came).as("visits that were still in progress").isLessThan(3);
        }
    }

    @Test
    void stopsDuringAVisitOnceSentAlertsAreAcknowledged() throws Exception {
        recreate();
        put("a", 100, 100, 100_000);
        String deployment = deploy(Duration.ofSeconds(37));
        awaitMessages(3);
        long start = System.nanoTime();
        await(vertx.undeploy(deployment));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        double acknowledged =
                meters.get("alertstream.replayer.alerts").counter().count();
        assertThat(await(topics.state(replayTopic)).orElseThrow().messages()).isEqualTo((long) acknowledged);
        assertThat(visits).isEmpty();
    }
}
