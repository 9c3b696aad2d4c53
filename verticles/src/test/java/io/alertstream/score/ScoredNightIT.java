package io.alertstream.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.ZtfAlerts;
import io.alertstream.audit.AuditSettings;
import io.alertstream.audit.AuditVerticle;
import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.AlertIdReader;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.SchemaParser;
import io.alertstream.avro.WireFormat;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.ingester.IngesterSettings;
import io.alertstream.ingester.IngesterVerticle;
import io.alertstream.journal.FaultKind;
import io.alertstream.kafka.GroupLag;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
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
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.replayer.ReplayerSettings;
import io.alertstream.replayer.ReplayerVerticle;
import io.alertstream.schemasync.SchemaSyncSettings;
import io.alertstream.schemasync.SchemaSyncVerticle;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.LogLevel;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.StreamProfile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night of fresh visits with every kind of fault, read by brokers, archived, audited and scored. */
@KafkaTest
class ScoredNightIT {

    private static final int ALERTS = 60;
    private static final int VISITS = 16;
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> settings = new HashMap<>();
    private final BlockingQueue<Fact.VisitReplayed> visits = new LinkedBlockingQueue<>();
    private final Ops ops = new Ops(new Readiness(), new SimpleMeterRegistry(), failure -> {});
    private Topics topics;
    private TopicReader reader;
    private MessageProducer producer;
    private RegistryClient registry;
    private String newTopic;
    private String output;

    @BeforeEach
    void start(TestKafka kafka) throws Exception {
        newTopic = kafka.newTopic("alerts-v12");
        output = kafka.newTopic("output");
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("STATIC_TOPIC", kafka.newTopic("static"));
        settings.put("REPLAY_TOPIC", kafka.newTopic("simulated"));
        settings.put("REPLAY_JOURNAL_TOPIC", kafka.newTopic("journal"));
        settings.put("DEAD_LETTER_TOPIC", kafka.newTopic("dead-letter"));
        settings.put("INGEST_TOPICS", settings.get("REPLAY_TOPIC") + "," + newTopic);
        settings.put("INGEST_GROUP", kafka.newTopic("group"));
        settings.put("SAMPLE_ALERTS", Integer.toString(ALERTS));
        settings.put("VISIT_SPREAD", "100ms");
        settings.put("REPLAY_INTERVAL", "200ms");
        settings.put("REPLAY_MODE", "fresh");
        settings.put("SCORE_OUTPUT", "topic:" + output);
        settings.put("SCORE_LATE", "1h");
        settings.put(
                "REPLAY_FAULTS",
                Files.writeString(directory.resolve("faults.yaml"), """
                        seed: 12
                        faults:
                          duplicate: {rate: 0.04, delay: 50ms}
                          altered: {rate: 0.04}
                          reordered: {rate: 0.04, delay: 200ms}
                          late: {rate: 0.04, delay: 1s}
                          oversize: {rate: 0.01, size: 8MiB}
                          bit-flipped: {rate: 0.04}
                          cut-short: {rate: 0.04}
                          empty: {rate: 0.04}
                          unknown-schema: {rate: 0.04}
                          visit-missing: {rate: 0.1}
                          visit-cut: {rate: 0.2}
                          stopped: {rate: 0.2, delay: 500ms}
                          new-minor: {from: 6}
                          new-major: {from: 11, topic: %s}
                        """.formatted(newTopic))
                        .toString());
        for (String store : List.of("alerts", "schemas")) {
            Files.createDirectories(directory.resolve(store));
        }
        settings.put("ALERT_STORE", "file:" + directory.resolve("alerts"));
        settings.put("SCHEMA_STORE", "file:" + directory.resolve("schemas"));
        KafkaClients clients = new KafkaClients(vertx, read(KafkaSettings::read));
        topics = clients.topics();
        reader = clients.reader();
        producer = clients.producer(16 << 20);
        for (String topic : List.of("REPLAY_TOPIC", "REPLAY_JOURNAL_TOPIC", "DEAD_LETTER_TOPIC")) {
            await(topics.createIfAbsent(settings.get(topic), topic.equals("REPLAY_TOPIC") ? 4 : 1, Map.of()));
        }
        await(topics.createIfAbsent(output, 1, Map.of()));
        EmbeddedRegistry embedded =
                new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.empty()), clients);
        await(vertx.deployVerticle(embedded));
        settings.put("SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + embedded.port());
        registry = new RegistryClient(vertx, RegistrySettings.open(URI.create(settings.get("SCHEMA_REGISTRY_URL"))));
        Bus.of(vertx).on(Fact.VisitReplayed.class, visits::add);
    }

    @AfterEach
    void close() throws Exception {
        registry.close();
        await(Future.join(reader.close(), producer.close(), topics.close()));
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

    private void replayNight() throws Exception {
        done(new SchemaSyncVerticle(read(SchemaSyncSettings::read), ops));
        done(new LoaderVerticle(read(LoaderSettings::read), ops));
        String replayer = await(vertx.deployVerticle(new ReplayerVerticle(read(ReplayerSettings::read), ops)));
        for (int visit = 0; visit < VISITS; visit++) {
            assertThat(visits.poll(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("visit %d", visit)
                    .isNotNull();
        }
        Bus.of(vertx)
                .publish(new Fact.LiveSettingsChanged(new LiveSettings(Duration.ofSeconds(37), true, LogLevel.INFO)));
        awaitLateAlerts();
        await(vertx.undeploy(replayer));
    }

    /** Waits for the last visit's end and for the alerts that outlive it. */
    private void awaitLateAlerts() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        for (FaultCheck faults = score().faults();
                faults.ofUnfinished() > 0 || !faults.unfinished().isEmpty();
                faults = score().faults()) {
            assertThat(System.nanoTime())
                    .as("incomplete: %s", faults.unfinished())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** Reads everything published and writes the ids that it accepts to the output topic. */
    private void broker(Function<Message, Future<OptionalLong>> accept) throws Exception {
        for (String topic : List.of(settings.get("REPLAY_TOPIC"), newTopic)) {
            await(reader.read(await(topics.state(topic)).orElseThrow(), message -> accept.apply(message)
                    .compose(id -> id.isEmpty()
                            ? Future.succeededFuture()
                            : producer.send(NewMessage.of(
                                            output,
                                            Long.toString(id.getAsLong()).getBytes(UTF_8)))
                                    .mapEmpty())));
        }
    }

    private Function<Message, Future<OptionalLong>> carefulBroker() {
        Set<Long> known = new HashSet<>();
        return message -> decode(message.value())
                .map(id -> id.isPresent() && known.add(id.getAsLong()) ? id : OptionalLong.empty());
    }

    private Future<OptionalLong> decode(byte[] packet) {
        int schemaId;
        try {
            schemaId = WireFormat.schemaId(packet);
        } catch (NotAnAlertException e) {
            return Future.succeededFuture(OptionalLong.empty());
        }
        return registry.schemaById(schemaId)
                .map(document -> {
                    Schema schema = SchemaParser.ANY_DEFAULTS.parse(document);
                    AlertDecoder decoder = AlertDecoder.of(schema);
                    try {
                        decoder.check(packet);
                        return OptionalLong.of(AlertIdReader.of(schema, read(StreamProfile::read))
                                .read(packet, WireFormat.HEADER_BYTES));
                    } catch (NotAnAlertException e) {
                        return OptionalLong.empty();
                    }
                })
                .otherwise(OptionalLong.empty());
    }

    /** Takes the first long of any message for an id. */
    private static Future<OptionalLong> carelessBroker(Message message) {
        byte[] packet = message.value();
        long id = 0;
        for (int i = WireFormat.HEADER_BYTES, shift = 0; i < packet.length && shift < Long.SIZE; i++, shift += 7) {
            id |= (packet[i] & 0x7fL) << shift;
            if (packet[i] >= 0) {
                return Future.succeededFuture(OptionalLong.of((id >>> 1) ^ -(id & 1)));
            }
        }
        return Future.succeededFuture(OptionalLong.empty());
    }

    private Scoring score() throws Exception {
        Scoring scoring = new Scoring(
                read(ScoreSettings::read),
                Clock.systemUTC(),
                topics,
                reader,
                new Packets(registry::schemaById, read(StreamProfile::read)),
                vertx.createSharedWorkerExecutor("cpu", 2),
                1_000_000);
        await(scoring.run());
        return scoring;
    }

    @Test
    void exactlyTheInjectedFaultsAreFound() throws Exception {
        assertFoundAndArchived(EnumSet.allOf(FaultKind.class));
    }

    /** The profile is a file, and the id isn't in its first field. */
    @Test
    void faultsInAnotherSurveysAlertsAreFoundToo() throws Exception {
        settings.put(
                "ALERTS_FILE",
                ZtfAlerts.write(directory.resolve("ztf.avro"), ALERTS).toString());
        settings.put(
                "ALERT_PROFILE",
                Files.writeString(directory.resolve("profile.json"), """
                        {"id": ["schemavsn"], "sources": {"own": ["candidate"], "id": ["candid"]},
                         "time": {"fields": ["jd"], "scale": "JD_UTC"}}
                        """).toString());
        settings.put("ALERT_ID_FIELD", "candid");
        settings.put("ALERTS_SCHEMA", "as-written");
        settings.put("SCHEMA_ID", "registry");
        // Its last field, a cutout, is a record.
        assertFoundAndArchived(EnumSet.complementOf(EnumSet.of(FaultKind.OVERSIZE)));
    }

    private void assertFoundAndArchived(Set<FaultKind> faults) throws Exception {
        // A group takes minutes to notice a new topic.
        await(topics.createIfAbsent(newTopic, 4, Map.of()));
        String ingester = await(vertx.deployVerticle(new IngesterVerticle(read(IngesterSettings::read), ops)));
        replayNight();
        broker(carefulBroker());

        Scoring scoring = score();
        assertThat(scoring.announced().counts().keySet())
                .as("faults drawn with this seed")
                .isEqualTo(faults);
        assertThat(await(topics.state(newTopic)).orElseThrow().messages()).isPositive();
        assertThat(scoring.faults().differences()).isEmpty();
        assertThat(scoring.faults().unfinished()).isEmpty();
        assertThat(scoring.faults().found())
                .as("faults found as announced")
                .isEqualTo(scoring.announced().counts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        assertThat(scoring.surprises().count())
                .as(scoring.surprises().toString())
                .isZero();
        assertThat(scoring.scores().visits()).hasSizeGreaterThanOrEqualTo(VISITS);
        assertThat(scoring.scores().visits().values()).allMatch(VisitScore::isClean);
        done(new ScoreVerticle(read(ScoreSettings::read)));

        awaitArchived();
        await(vertx.undeploy(ingester));
        done(new AuditVerticle(read(AuditSettings::read), ops));
    }

    @Test
    void aBrokerThatAcceptsEverythingFails() throws Exception {
        replayNight();
        broker(ScoredNightIT::carelessBroker);

        Scoring scoring = score();
        Map<FaultKind, Long> faults = scoring.announced().counts();
        long doubled = sum(scoring, VisitScore.Problem.DOUBLED);
        assertThat(doubled).isEqualTo(faults.get(FaultKind.DUPLICATE) + faults.get(FaultKind.ALTERED));
        assertThat(sum(scoring, VisitScore.Problem.WRONGLY_ACCEPTED))
                .isGreaterThanOrEqualTo(faults.get(FaultKind.UNKNOWN_SCHEMA));
        assertThat(sum(scoring, VisitScore.Problem.MISSING)).isZero();
        assertThatThrownBy(() -> done(new ScoreVerticle(read(ScoreSettings::read))))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining(doubled + " delivered more than once");
    }

    private static long sum(Scoring scoring, VisitScore.Problem problem) {
        return scoring.scores().visits().values().stream()
                .mapToLong(visit -> visit.count(problem))
                .sum();
    }

    private void awaitArchived() throws Exception {
        for (String topic : List.of(settings.get("REPLAY_TOPIC"), newTopic)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (behind(topic) > 0) {
                assertThat(System.nanoTime())
                        .as("the ingester is behind in %s", topic)
                        .isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private long behind(String topic) throws Exception {
        return await(topics.groupLags(topic)).stream()
                .filter(group -> group.group().equals(settings.get("INGEST_GROUP")))
                .findFirst()
                .map(GroupLag::messages)
                .orElse(Long.MAX_VALUE);
    }
}
