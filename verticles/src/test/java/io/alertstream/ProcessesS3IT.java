package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.Topics;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.local.registry.EmbeddedRegistry;
import io.alertstream.local.registry.RegistryListeners;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.s3.FakeS3;
import io.alertstream.storage.s3.S3Emulator;
import io.alertstream.storage.s3.S3Settings;
import io.alertstream.storage.s3.TestKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ingester, server and audit run as separate processes, with their archive in S3. */
@KafkaTest
@ExtendWith(VertxExtension.class)
class ProcessesS3IT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int ALERTS = 200;

    @TempDir
    static Path directory;

    private static S3Emulator emulator;

    private final Map<String, String> settings = new TreeMap<>();
    private String bucket;
    private Topics topics;

    @BeforeAll
    static void startEmulator() throws Exception {
        emulator = S3Emulator.start(directory.resolve("objects"));
    }

    @AfterAll
    static void stopEmulator() throws Exception {
        if (emulator != null) {
            emulator.close();
        }
    }

    @BeforeEach
    void open(TestKafka kafka, Vertx vertx) throws Exception {
        S3Settings.KeyFiles keys = TestKeys.in(directory);
        bucket = emulator.newBucket(directory);
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("STATIC_TOPIC", kafka.newTopic("static"));
        settings.put("REPLAY_TOPIC", kafka.newTopic("replay"));
        settings.put("DEAD_LETTER_TOPIC", kafka.newTopic("dead-letter"));
        settings.put("INGEST_TOPICS", settings.get("REPLAY_TOPIC"));
        settings.put("INGEST_GROUP", kafka.newTopic("group"));
        settings.put("ALERT_STORE", "s3://" + bucket);
        settings.put("SCHEMA_STORE", "s3://" + bucket);
        settings.put("ARCHIVE_LAYOUT", "v2");
        settings.put("S3_ENDPOINT", emulator.address().toString());
        settings.put("S3_ACCESS_KEY_FILE", keys.accessKey().toString());
        settings.put("S3_SECRET_KEY_FILE", keys.secretKey().toString());
        settings.put("SAMPLE_ALERTS", Integer.toString(ALERTS));
        settings.put("REPLAY_INTERVAL", "4s");
        settings.put("HTTP_HOST", "127.0.0.1");
        settings.put("HTTP_PORT", "0");
        settings.put("OPS_PORT", "0");
        KafkaClients clients = new KafkaClients(
                vertx, SettingsReader.read(List.of(new SettingValues("test", settings)), KafkaSettings::read));
        topics = clients.topics();
        await(topics.createIfAbsent(settings.get("REPLAY_TOPIC"), 4, Map.of()));
        await(topics.createIfAbsent(settings.get("DEAD_LETTER_TOPIC"), 1, Map.of()));
        EmbeddedRegistry registry =
                new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.empty()), clients);
        await(vertx.deployVerticle(registry));
        settings.put("SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + registry.port());
    }

    @AfterEach
    void close() throws Exception {
        await(topics.close());
    }

    @Test
    void nothingIsLostWhenTheIngesterIsKilledDuringAVisit(TestKafka kafka, Vertx vertx) throws Exception {
        done("schema-sync,loader");
        ObjectStore store = emulator.open(vertx, bucket, directory);
        try (JarProcess replayer = start("replayer")) {
            replayer.await("visit 1: replayed " + ALERTS, LIMIT);
        }
        try (JarProcess ingester = start("ingester")) {
            awaitObjects(store, 20);
            ingester.kill();
        }
        long left = listed(store).stream()
                .filter(object -> object.name().endsWith(".avro.gz"))
                .count();
        kafka.forgetMembers(settings.get("INGEST_GROUP"));
        try (JarProcess ingester = start("ingester");
                JarProcess server = start("server")) {
            String port = server.await("listening on 127.0.0.1:(\\d+)", LIMIT).group(1);
            awaitArchived();
            done("audit");
            List<ObjectInfo> objects = listed(store);
            assertThat(objects).as("%d stored before the kill", left).hasSize(ALERTS + 1);
            String name = objects.get(0).name();
            String id = name.substring(name.lastIndexOf('/') + 1).replace(".avro.gz", "");
            assertThat(get("http://127.0.0.1:" + port + "/v1/alerts/" + id)).isEqualTo(200);
            assertThat(ingester.terminate().exitStatus(LIMIT))
                    .as(ingester.output())
                    .isZero();
        }
        await(store.close());
    }

    @Test
    void aGatewayThatReplacesObjectsEndsTheIngester(Vertx vertx) throws Exception {
        try (FakeS3 gateway = FakeS3.withoutIfNoneMatch(vertx, directory)) {
            settings.put("S3_ENDPOINT", gateway.address().toString());
            settings.put("ALERT_STORE", "s3://" + FakeS3.BUCKET);
            settings.put("SCHEMA_STORE", "s3://" + FakeS3.BUCKET);
            done("schema-sync,loader");
            try (JarProcess ingester = start("ingester")) {
                assertThat(ingester.exitStatus(LIMIT)).as(ingester.output()).isEqualTo(1);
                assertThat(ingester.output())
                        .contains("ignores If-None-Match", "S3_WRITE_ONCE=check-then-put")
                        .doesNotContain("\tat ");
            }
        }
    }

    private void awaitObjects(ObjectStore store, int count) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (await(store.list("v2/", "")).objects().size() < count) {
            assertThat(System.nanoTime()).as("some archived in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static List<ObjectInfo> listed(ObjectStore store) throws Exception {
        return await(store.list("v2/", "")).objects();
    }

    private static int get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Waits until the ingester has archived everything in the replay topic. */
    private void awaitArchived() throws Exception {
        long messages =
                await(topics.state(settings.get("REPLAY_TOPIC"))).orElseThrow().messages();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (committed() < messages) {
            assertThat(System.nanoTime()).as("all archived in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private long committed() throws Exception {
        return await(topics.groupLags(settings.get("REPLAY_TOPIC"))).stream()
                .flatMap(group -> group.nextOffsets().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private JarProcess start(String roles) throws Exception {
        Map<String, String> environment = new TreeMap<>(settings);
        environment.put("ROLE", roles);
        return JarProcess.start(directory, environment);
    }

    private void done(String roles) throws Exception {
        try (JarProcess process = start(roles)) {
            assertThat(process.exitStatus(LIMIT))
                    .as("%s%n%s", roles, process.output())
                    .isZero();
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
