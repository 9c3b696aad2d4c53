package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.WireFormat;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.local.registry.EmbeddedRegistry;
import io.alertstream.local.registry.RegistryListeners;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each role runs from the built jar as a separate process, against one broker and one registry. */
@KafkaTest
@ExtendWith(VertxExtension.class)
class ProcessesIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int ALERTS = 60;

    @TempDir
    Path directory;

    private final Map<String, String> settings = new TreeMap<>();
    private Topics topics;

    @BeforeEach
    void topicsAndRegistry(TestKafka kafka, Vertx vertx) throws Exception {
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("STATIC_TOPIC", kafka.newTopic("static"));
        settings.put("REPLAY_TOPIC", kafka.newTopic("replay"));
        settings.put("DEAD_LETTER_TOPIC", kafka.newTopic("dead-letter"));
        settings.put("INGEST_TOPICS", settings.get("REPLAY_TOPIC"));
        settings.put("INGEST_GROUP", kafka.newTopic("group"));
        Files.createDirectories(directory.resolve("alerts"));
        Files.createDirectories(directory.resolve("schemas"));
        settings.put("ALERT_STORE", "file:alerts");
        settings.put("SCHEMA_STORE", "file:schemas");
        settings.put("SAMPLE_ALERTS", Integer.toString(ALERTS));
        settings.put("REPLAY_INTERVAL", "4s");
        settings.put("HTTP_HOST", "127.0.0.1");
        settings.put("HTTP_PORT", "0");
        settings.put("OPS_PORT", "0");

        KafkaClients clients = new KafkaClients(
                vertx, SettingsReader.read(List.of(new SettingValues("test", settings)), KafkaSettings::read));
        topics = clients.topics();
        // The topics exist beforehand, as in a cluster: neither replayer nor ingester creates them.
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
    void anAlertPassesFromFileToCurl() throws Exception {
        Path file = directory.resolve("visit.avro");
        try (JarProcess sample =
                JarProcess.start(directory, Map.of("SAMPLE_ALERTS", "20"), "--write-sample", file.toString())) {
            assertThat(sample.exitStatus(LIMIT)).as(sample.output()).isZero();
        }
        settings.put("ALERTS_FILE", file.toString());
        done("schema-sync");
        done("loader");
        try (JarProcess replayer = start("replayer");
                JarProcess ingester = start("ingester");
                JarProcess server = start("server")) {
            String port = server.await("listening on 127.0.0.1:(\\d+)", LIMIT).group(1);
            replayer.await("visit 1: replayed 20 alerts", LIMIT);
            awaitArchived();
            done("audit");

            byte[] object = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/alerts/" + anId()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();

            assertThat(WireFormat.schemaId(object)).isEqualTo(1101);
            for (JarProcess process : List.of(replayer, ingester, server)) {
                assertThat(process.terminate().exitStatus(Duration.ofSeconds(20)))
                        .as(process.output())
                        .isZero();
            }
        }
    }

    @Test
    void nothingIsLostWhenProcessesAreKilled(TestKafka kafka) throws Exception {
        done("schema-sync,loader");
        for (int killed = 0; killed < 3; killed++) {
            try (JarProcess replayer = start("replayer");
                    JarProcess ingester = start("ingester")) {
                replayer.await("visit 1: replayed " + ALERTS, LIMIT);
                // Both are killed in the middle of the second visit, whatever they are doing.
                ingester.await("partitions assigned|archiving", LIMIT);
                ingester.kill();
                replayer.kill();
            }
            kafka.forgetMembers(settings.get("INGEST_GROUP"));
        }
        try (JarProcess ingester = start("ingester")) {
            ingester.await("partitions assigned", LIMIT);
            awaitArchived();
            done("audit");
        }
    }

    @Test
    void aFileThatIsntAVisitLeavesTheStaticTopicUnchanged() throws Exception {
        done("schema-sync,loader");
        for (String trouble : List.of("text", "nothing", "cut", "directory")) {
            settings.put("ALERTS_FILE", unusable(trouble).toString());
            try (JarProcess loader = start("loader")) {
                assertThat(loader.exitStatus(LIMIT)).as(loader.output()).isEqualTo(2);
                assertThat(loader.output()).contains("ALERTS_FILE").doesNotContain("Exception");
            }
            assertThat(await(topics.state(settings.get("STATIC_TOPIC")))
                            .orElseThrow()
                            .messages())
                    .as(trouble)
                    .isEqualTo(ALERTS);
        }
    }

    @Test
    void anInterruptedJobFails() throws Exception {
        done("schema-sync");
        settings.put("SAMPLE_ALERTS", "20000");
        try (JarProcess loader = start("loader")) {
            loader.await("loading 20000 alerts", LIMIT);
            assertThat(loader.terminate().exitStatus(LIMIT)).isEqualTo(1);
            assertThat(loader.output())
                    .contains("the load was interrupted", "before the job was done")
                    .doesNotContain("RejectedExecution");
        }
    }

    @Test
    void aLoaderInterruptedBeforeLoadingLeavesTheStaticTopicUnchanged() throws Exception {
        done("schema-sync,loader");
        TopicState before = await(topics.state(settings.get("STATIC_TOPIC"))).orElseThrow();
        try (ServerSocket silentRegistry = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            settings.put("SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + silentRegistry.getLocalPort());
            try (JarProcess loader = start("loader")) {
                silentRegistry.accept();
                assertThat(loader.terminate().exitStatus(LIMIT))
                        .as(loader.output())
                        .isEqualTo(1);
                assertThat(loader.output())
                        .contains(
                                "the load was interrupted", "topic " + settings.get("STATIC_TOPIC") + " is as it was");
            }
        }
        assertThat(await(topics.state(settings.get("STATIC_TOPIC")))).contains(before);
    }

    /** Waits until the ingester has archived everything that is in the replay topic now. */
    private void awaitArchived() throws Exception {
        long messages =
                await(topics.state(settings.get("REPLAY_TOPIC"))).orElseThrow().messages();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (committed() < messages) {
            assertThat(System.nanoTime()).as("all archived in time").isLessThan(end);
        }
    }

    private long committed() throws Exception {
        return await(topics.groupLags(settings.get("REPLAY_TOPIC"))).stream()
                .flatMap(group -> group.nextOffsets().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private Path unusable(String trouble) throws Exception {
        Path file = directory.resolve(trouble + ".avro");
        switch (trouble) {
            case "text" -> Files.writeString(file, "these are not the alerts you are looking for");
            case "nothing" -> Files.createFile(file);
            case "directory" -> Files.createDirectory(file);
            default -> {
                Path whole = directory.resolve("whole.avro");
                try (JarProcess sample = JarProcess.start(
                        directory, Map.of("SAMPLE_ALERTS", "20"), "--write-sample", whole.toString())) {
                    assertThat(sample.exitStatus(LIMIT)).isZero();
                }
                byte[] bytes = Files.readAllBytes(whole);
                Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
            }
        }
        return file;
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

    private String anId() throws Exception {
        try (Stream<Path> objects = Files.walk(directory.resolve("alerts"))) {
            return objects.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".avro.gz"))
                    .findAny()
                    .orElseThrow()
                    .replace(".avro.gz", "");
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
