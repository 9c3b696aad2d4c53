package io.alertstream.ingester;

import static io.alertstream.ingester.SmallAlerts.SCHEMA;
import static io.alertstream.ingester.SmallAlerts.SCHEMA_ID;
import static io.alertstream.ingester.SmallAlerts.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.ArchiveSettings;
import io.alertstream.archive.GzipCodec;
import io.alertstream.archive.Origin;
import io.alertstream.audit.AuditSettings;
import io.alertstream.audit.AuditVerticle;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.GroupLag;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.loader.LoaderSettings;
import io.alertstream.loader.LoaderVerticle;
import io.alertstream.local.BrokerOutage;
import io.alertstream.local.EmbeddedBrokerAlone;
import io.alertstream.local.registry.EmbeddedRegistry;
import io.alertstream.local.registry.RegistryListeners;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.replayer.ReplayerSettings;
import io.alertstream.replayer.ReplayerVerticle;
import io.alertstream.schemasync.SchemaSyncSettings;
import io.alertstream.schemasync.SchemaSyncVerticle;
import io.alertstream.server.ServerSettings;
import io.alertstream.server.ServerVerticle;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker goes away while every role is at work, and comes back. One outage serves all of them: the ingester has
 * read alerts that it hasn't stored yet, the replayer is sending a visit, a loader is filling a topic, an audit is
 * starting, the registry is registering a schema, and the server is serving.
 */
@EmbeddedBrokerAlone("it stops the broker and starts it again on the same port")
class RolesInOutageIT {

    private static final int VISIT = 150;
    private static final int LOADED = 600;
    private static final int AUDITED = 50;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> settings = new HashMap<>();
    private final Readiness readiness = new Readiness();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<Throwable> fatal = new LinkedBlockingQueue<>();
    private final BlockingQueue<Fact.VisitReplayed> replayed = new LinkedBlockingQueue<>();
    private BrokerOutage outage;
    private KafkaClients clients;
    private Topics topics;
    private URI registry;

    @BeforeEach
    void start() throws Exception {
        outage = new BrokerOutage(directory.resolve("kafka"));
        settings.put("KAFKA_BOOTSTRAP_SERVERS", outage.bootstrapServers());
        Files.createDirectories(directory.resolve("alerts"));
        Files.createDirectories(directory.resolve("schemas"));
        settings.put("ALERT_STORE", "file:" + directory.resolve("alerts"));
        settings.put("SCHEMA_STORE", "file:" + directory.resolve("schemas"));
        settings.put("INGEST_BUFFER", "4MiB");
        settings.put("HTTP_HOST", "127.0.0.1");
        settings.put("HTTP_PORT", "0");
        clients = new KafkaClients(vertx, read(KafkaSettings::read, Map.of()));
        topics = clients.topics();
        await(topics.createIfAbsent("alerts-simulated", 4, Map.of()));
        await(topics.createIfAbsent("alerts-dead-letter", 1, Map.of()));
        EmbeddedRegistry embedded =
                new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.empty()), clients);
        await(vertx.deployVerticle(embedded));
        registry = URI.create("http://127.0.0.1:" + embedded.port());
        settings.put("SCHEMA_REGISTRY_URL", registry.toString());
        Bus.of(vertx).on(Fact.VisitReplayed.class, replayed::add);
    }

    @AfterEach
    void stop() throws Exception {
        await(topics.close());
        await(vertx.close());
        outage.close();
    }

    @Test
    void everyRoleRecoversAndNothingIsLost() throws Exception {
        await(schemaSync("alert-packet"));
        await(loader("alerts-static", VISIT));
        archiveForAudit();
        ServerVerticle server = new ServerVerticle(read(ServerSettings::read, Map.of()), ops());
        await(vertx.deployVerticle(server));

        Promise<Void> storeGoesOn = Promise.promise();
        FaultyStore store = deployIngester();
        Future<Void> inMidBacklog = store.created(VISIT / 3);
        inMidBacklog.onSuccess(reached -> store.close(storeGoesOn));
        String replayer = await(vertx.deployVerticle(
                new ReplayerVerticle(read(ReplayerSettings::read, Map.of("REPLAY_INTERVAL", "1s")), ops())));
        await(inMidBacklog);
        Future<Void> loading = loader("loading", LOADED);
        while (messages("loading") == 0) {
            assertThat(loading.isComplete()).isFalse();
        }
        Future<Void> auditing = audit("audited");

        List<Future<Void>> begunMeanwhile = outage.happen(() -> {
            assertThat(loading.isComplete()).as("the loader finished early").isFalse();
            // The alerts already read are stored now, but can't be committed.
            storeGoesOn.complete();
            replayed.clear();
            assertThat(status(URI.create("http://127.0.0.1:" + server.port() + "/v1/alerts/1")))
                    .isEqualTo(200);
            assertThat(status(registry.resolve("/schemas/ids/1101"))).isEqualTo(200);
            return List.of(schemaSync("another-subject"), audit("audited"));
        });

        await(loading);
        assertThat(hashes("loading")).isEqualTo(hashesOfSample());
        await(auditing);
        await(Future.all(begunMeanwhile));
        assertThat(status(registry.resolve("/subjects/another-subject/versions/1101")))
                .isEqualTo(200);
        assertThat(nextVisit().alerts()).isEqualTo(VISIT);
        assertThat(nextVisit().alerts()).isEqualTo(VISIT);

        await(vertx.undeploy(replayer));
        awaitCommitted();
        await(audit("alerts-simulated"));
        assertThat(messages("alerts-dead-letter")).isZero();
        assertThat(fatal).isEmpty();
    }

    /** An ingester of the replay topic, whose store the test can stop. */
    private FaultyStore deployIngester() throws Exception {
        Promise<FaultyStore> opened = Promise.promise();
        IngesterSettings ingester = read(IngesterSettings::read, Map.of());
        ArchiveSettings archive = ingester.archive();
        await(vertx.deployVerticle(new IngesterVerticle(
                ingester,
                ops(),
                of -> {
                    FaultyStore faulty = new FaultyStore(archive.alerts().open(of, archive.access()));
                    opened.complete(faulty);
                    return new AlertArchive(
                            of,
                            faulty,
                            archive.schemas().open(of, archive.access()),
                            archive.layout(),
                            GzipCodec.fastest());
                },
                Ingester.Pace.DEFAULT)));
        return await(opened.future());
    }

    /** Fills a topic and archives all of it. */
    private void archiveForAudit() throws Exception {
        await(topics.createIfAbsent("audited", 1, Map.of()));
        AlertArchive archive = AlertArchive.open(vertx, read(ArchiveSettings::read, Map.of()));
        MessageProducer producer = clients.producer(1 << 20);
        List<Future<?>> done = new ArrayList<>(List.of(archive.putSchema(SCHEMA_ID, SCHEMA)));
        for (int id = 0; id < AUDITED; id++) {
            byte[] packet = packet(id, "cutout");
            done.add(producer.send(NewMessage.of("audited", packet)));
            done.add(archive.putAlert(id, packet, new Origin("audited", 0, id, SCHEMA_ID)));
        }
        await(Future.all(done));
        await(Future.join(producer.close(), archive.close()));
    }

    private Future<Void> schemaSync(String subject) {
        return job(new SchemaSyncVerticle(read(SchemaSyncSettings::read, Map.of("SCHEMA_SUBJECT", subject)), ops()));
    }

    private Future<Void> loader(String topic, int alerts) {
        Map<String, String> more = Map.of("STATIC_TOPIC", topic, "SAMPLE_ALERTS", Integer.toString(alerts));
        return job(new LoaderVerticle(read(LoaderSettings::read, more), ops()));
    }

    private Future<Void> audit(String topic) {
        return job(new AuditVerticle(read(AuditSettings::read, Map.of("INGEST_TOPICS", topic)), ops()));
    }

    private Future<Void> job(JobVerticle job) {
        return vertx.deployVerticle(job).compose(id -> job.finished().eventually(() -> vertx.undeploy(id)));
    }

    private void awaitCommitted() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isCommitted(await(topics.groupLags("alerts-simulated")))) {
            assertThat(System.nanoTime()).as("all committed in time").isLessThan(end);
        }
    }

    /** Groups without a commit aren't listed. */
    private static boolean isCommitted(List<GroupLag> groups) {
        return !groups.isEmpty() && groups.stream().allMatch(group -> group.messages() == 0);
    }

    private Fact.VisitReplayed nextVisit() throws Exception {
        Fact.VisitReplayed visit = replayed.poll(60, TimeUnit.SECONDS);
        assertThat(visit).as("a visit within the time limit").isNotNull();
        return visit;
    }

    private long messages(String topic) throws Exception {
        return await(topics.state(topic)).map(TopicState::messages).orElse(0L);
    }

    private List<Integer> hashes(String topic) throws Exception {
        List<Integer> hashes = new ArrayList<>();
        TopicReader reader = clients.reader();
        await(reader.read(await(topics.state(topic)).orElseThrow(), message -> {
            hashes.add(Arrays.hashCode(message.value()));
            return Future.succeededFuture();
        }));
        await(reader.close());
        return hashes;
    }

    private static List<Integer> hashesOfSample() throws Exception {
        List<Integer> hashes = new ArrayList<>();
        Schema schema = SchemaCatalog.bundled().latest().schema();
        try (AlertStream alerts = SampleVisit.of(LOADED).open(schema, 1101)) {
            alerts.forEachRemaining(alert -> hashes.add(Arrays.hashCode(alert.packet())));
        }
        return hashes;
    }

    private static int status(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private <T> T read(Function<SettingsReader, T> role, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return SettingsReader.read(List.of(new SettingValues("test", all)), role);
    }

    private Ops ops() {
        return new Ops(readiness, meters, fatal::add);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(60 + BrokerOutage.LENGTH.toSeconds(), TimeUnit.SECONDS);
    }
}
