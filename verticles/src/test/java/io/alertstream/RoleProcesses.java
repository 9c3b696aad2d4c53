package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.Topics;
import io.alertstream.local.TestKafka;
import io.alertstream.local.registry.EmbeddedRegistry;
import io.alertstream.local.registry.RegistryListeners;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs roles from the built jar as separate processes, against one broker and one registry. */
abstract class RoleProcesses {

    static final Duration LIMIT = Duration.ofSeconds(90);

    /** Where the processes run. */
    @TempDir
    Path directory;

    final Map<String, String> settings = new TreeMap<>();
    Topics topics;

    @BeforeEach
    void topicsAndRegistry(TestKafka kafka, Vertx vertx) throws Exception {
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("STATIC_TOPIC", kafka.newTopic("static"));
        settings.put("REPLAY_TOPIC", kafka.newTopic("replay"));
        settings.put("DEAD_LETTER_TOPIC", kafka.newTopic("dead-letter"));
        settings.put("INGEST_TOPICS", settings.get("REPLAY_TOPIC"));
        settings.put("INGEST_GROUP", kafka.newTopic("group"));
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
    void closeTopics() throws Exception {
        await(topics.close());
    }

    JarProcess start(String roles) throws IOException {
        Map<String, String> environment = new TreeMap<>(settings);
        environment.put("ROLE", roles);
        return JarProcess.start(directory, environment);
    }

    /** Runs jobs to their end. */
    void done(String roles) throws Exception {
        try (JarProcess process = start(roles)) {
            assertThat(process.exitStatus(LIMIT))
                    .as("%s%n%s", roles, process.output())
                    .isZero();
        }
    }

    /** Waits until the ingester has archived everything that is in the replay topic now. */
    void awaitArchived() throws Exception {
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

    /** An alert as a server hands it out. */
    static HttpResponse<byte[]> fetch(JarProcess server, String id) throws Exception {
        String port = server.await("listening on 127.0.0.1:(\\d+)", LIMIT).group(1);
        URI address = URI.create("http://127.0.0.1:" + port + "/v1/alerts/" + id);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
