package io.alertstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.sample.SampleNight;
import io.alertstream.avro.sample.SampleNight.NightVisit;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.journal.JournalLine;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.loader.LoaderSettings;
import io.alertstream.loader.LoaderVerticle;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.local.registry.EmbeddedRegistry;
import io.alertstream.local.registry.RegistryListeners;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.replayer.ReplayerSettings;
import io.alertstream.replayer.ReplayerVerticle;
import io.alertstream.schemasync.SchemaSyncSettings;
import io.alertstream.schemasync.SchemaSyncVerticle;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A night of sample visits from the loader through a broker to the replayer. */
@KafkaTest
class NightIT {

    private static final int VISITS = 11;
    private static final int ALERTS = 5;
    private static final Duration INTERVAL = Duration.ofMillis(600);
    private static final long LIMIT_SECONDS = 120;
    private static final Schema SCHEMA = SchemaCatalog.bundled().latest().schema();

    private final SampleNight night = SampleNight.of(VISITS, SampleVisit.of(ALERTS));
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> settings = new HashMap<>();
    private final BlockingQueue<Fact.VisitReplayed> replayed = new LinkedBlockingQueue<>();
    private final Ops ops = new Ops(new Readiness(), new SimpleMeterRegistry(), failure -> {});
    private Topics topics;
    private TopicReader reader;

    @BeforeEach
    void start(TestKafka kafka) throws Exception {
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("STATIC_TOPIC", kafka.newTopic("static"));
        settings.put("REPLAY_TOPIC", kafka.newTopic("simulated"));
        settings.put("REPLAY_JOURNAL_TOPIC", kafka.newTopic("journal"));
        settings.put("SAMPLE_NIGHT", Integer.toString(VISITS));
        settings.put("SAMPLE_ALERTS", Integer.toString(ALERTS));
        settings.put("VISIT_SPREAD", "50ms");
        settings.put("REPLAY_INTERVAL", INTERVAL.toMillis() + "ms");
        KafkaClients clients = new KafkaClients(vertx, read(KafkaSettings::read));
        topics = clients.topics();
        reader = clients.reader();
        await(topics.createIfAbsent(settings.get("REPLAY_TOPIC"), 4, Map.of()));
        await(topics.createIfAbsent(settings.get("REPLAY_JOURNAL_TOPIC"), 1, Map.of()));
        EmbeddedRegistry registry =
                new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.empty()), clients);
        await(vertx.deployVerticle(registry));
        settings.put("SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + registry.port());
        Bus.of(vertx).on(Fact.VisitReplayed.class, replayed::add);
        done(new SchemaSyncVerticle(read(SchemaSyncSettings::read), ops));
        done(new LoaderVerticle(read(LoaderSettings::read), ops));
    }

    @AfterEach
    void close() throws Exception {
        await(Future.join(reader.close(), topics.close()));
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private <R> R read(Function<SettingsReader, R> record) {
        return SettingsReader.read(List.of(new SettingValues("test", settings)), record);
    }

    private void done(JobVerticle job) throws Exception {
        await(vertx.deployVerticle(job));
        await(job.finished());
    }

    /** Replays this many visits, and returns them as they were reported. */
    private List<Fact.VisitReplayed> replay(int visits) throws Exception {
        String replayer = await(vertx.deployVerticle(new ReplayerVerticle(read(ReplayerSettings::read), ops)));
        List<Fact.VisitReplayed> seen = new ArrayList<>();
        for (int visit = 0; visit < visits; visit++) {
            Fact.VisitReplayed one = replayed.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(one).as("visit %d", visit).isNotNull();
            seen.add(one);
        }
        await(vertx.undeploy(replayer));
        return seen;
    }

    private List<Message> messages(String setting) throws Exception {
        List<Message> messages = new ArrayList<>();
        await(reader.read(await(topics.state(settings.get(setting))).orElseThrow(), message -> {
            messages.add(message);
            return Future.succeededFuture();
        }));
        messages.sort(Comparator.comparingLong(Message::timestampMillis));
        return messages;
    }

    /** Each message's place in the night, by its bytes. */
    private Map<String, Integer> visitsByAlert() {
        Map<String, Integer> visits = new HashMap<>();
        try (AlertStream alerts = night.open(SCHEMA, 1101)) {
            for (NightVisit visit : night.visits()) {
                for (int i = 0; i < visit.alerts(); i++) {
                    Alert alert = alerts.next();
                    visits.put(new String(alert.packet(), ISO_8859_1), visit.number());
                }
            }
        }
        return visits;
    }

    @Test
    void aNightIsReplayedVisitByVisitWithItsPauseAndThenAgain() throws Exception {
        List<Fact.VisitReplayed> reports = replay(VISITS + 1);

        assertThat(reports)
                .extracting(Fact.VisitReplayed::alerts)
                .containsExactly(5L, 5L, 5L, 5L, 5L, 5L, 5L, 20L, 5L, 5L, 5L, 5L);
        Map<String, Integer> visits = visitsByAlert();
        int[] seen = new int[VISITS];
        long[] first = new long[VISITS];
        for (Message message : messages("REPLAY_TOPIC")) {
            Integer visit = visits.get(new String(message.value(), ISO_8859_1));
            assertThat(visit).as("visit of the alert at %d", message.offset()).isNotNull();
            assertThat(message.headers()).isEmpty();
            first[visit] = seen[visit]++ == 0 ? message.timestampMillis() : first[visit];
        }
        for (NightVisit visit : night.visits()) {
            int times = visit.number() == 0 ? 2 : 1;
            // On a busy machine the second visit may begin again before the replayer is stopped.
            int most = visit.number() == 1 ? 2 : times;
            assertThat(seen[visit.number()]).as("%s", visit).isBetween(times * visit.alerts(), most * visit.alerts());
        }
        // From the second visit on, because the producer connects during the first. Half an interval is for delays
        // between an alert's time and its timestamp; without the pause a whole one would be missing.
        long start = first[1] - reports.get(1).late().toMillis();
        NightVisit last = night.visits().get(VISITS - 1);
        assertThat(last.slot()).as("slots of visits and a pause").isEqualTo(VISITS);
        assertThat(first[VISITS - 1] - start)
                .as("time from the second visit to the one after the pause")
                .isGreaterThanOrEqualTo(INTERVAL.toMillis() * (last.slot() - 1) - INTERVAL.toMillis() / 2);
    }

    @Test
    void freshVisitsOfANightAreNumberedInTheirOrder() throws Exception {
        settings.put("REPLAY_MODE", "fresh");
        replay(VISITS);

        List<VisitBegun> begun = messages("REPLAY_JOURNAL_TOPIC").stream()
                .map(message -> (VisitBegun) JournalLine.of(message.value()))
                .limit(VISITS)
                .toList();
        Map<Long, List<GenericRecord>> published = new HashMap<>();
        AlertDecoder decoder = AlertDecoder.of(SCHEMA);
        for (Message message : messages("REPLAY_TOPIC")) {
            GenericRecord source =
                    (GenericRecord) decoder.decode(message.value()).get("diaSource");
            published
                    .computeIfAbsent((Long) source.get("visit"), visit -> new ArrayList<>())
                    .add(source);
        }
        try (AlertStream alerts = night.open(SCHEMA, 1101)) {
            Iterator<VisitBegun> lines = begun.iterator();
            long number = begun.get(0).visit().number();
            for (NightVisit visit : night.visits()) {
                VisitBegun line = lines.next();
                assertThat(line.alerts()).isEqualTo(visit.alerts());
                assertThat(line.visit().number()).isEqualTo(number++);
                List<Object> positions = new ArrayList<>();
                for (int i = 0; i < visit.alerts(); i++) {
                    GenericRecord source = (GenericRecord)
                            decoder.decode(alerts.next().packet()).get("diaSource");
                    positions.add(List.of(
                            source.get("ra"),
                            source.get("dec"),
                            source.get("band").toString()));
                }
                assertThat(published.get(line.visit().number()))
                        .as("%s", visit)
                        .extracting(source -> (Object) List.of(
                                source.get("ra"),
                                source.get("dec"),
                                source.get("band").toString()))
                        .containsExactlyInAnyOrderElementsOf(positions);
            }
        }
    }
}
