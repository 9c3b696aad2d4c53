package io.alertstream.local.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.local.BrokerOptions;
import io.alertstream.local.EmbeddedBroker;
import io.alertstream.local.EmbeddedBrokerAlone;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@EmbeddedBrokerAlone("it stops the broker and starts it again on the same directory")
class RestartIT {

    @TempDir
    Path directory;

    @Test
    void aSecondStartServesTheSameSchemas() throws Exception {
        String[] before = new String[1];
        run(http -> {
            http.put("/config", new JsonObject().put("compatibility", "NONE"));
            http.put("/mode/s", new JsonObject().put("mode", "IMPORT"));
            register(http, "s", "\"int\"", 900);
            register(http, "s", "\"long\"", 1100);
            register(http, "s", "\"float\"", 200_000);
            http.delete("/mode/s");
            http.delete("/subjects/s/versions/3");
            http.post("/subjects/t/versions", new JsonObject().put("schema", "\"int\""));
            before[0] = all(http);
        });
        run(http -> {
            assertThat(all(http)).isEqualTo(before[0]);
            assertThat(http.get("/schemas/ids/900").object().getString("schema"))
                    .isEqualTo("\"int\"");
            assertThat(http.post("/subjects/u/versions", new JsonObject().put("schema", "\"bytes\""))
                            .object()
                            .getInteger("id"))
                    .isEqualTo(200_001);
        });
    }

    private static String all(Http http) {
        return List.of(
                        "/schemas?deleted=true",
                        "/subjects",
                        "/config",
                        "/mode",
                        "/schemas/ids/200000/versions?deleted=true")
                .stream()
                .map(path -> http.get(path).body())
                .toList()
                .toString();
    }

    private static void register(Http http, String subject, String document, int id) {
        JsonObject request = new JsonObject().put("schema", document).put("id", id);
        assertThat(http.post("/subjects/" + subject + "/versions", request).status())
                .isEqualTo(200);
    }

    /** Starts broker and registry on the directory, runs the test, and stops both. */
    private void run(Consumer<Http> test) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (EmbeddedBroker broker = EmbeddedBroker.start(new BrokerOptions(directory, 0, 0, "none"))) {
            KafkaClients clients = new KafkaClients(vertx, KafkaSettings.plaintext(broker.bootstrapServers()));
            EmbeddedRegistry registry =
                    new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.empty()), clients);
            get(vertx.deployVerticle(registry));
            assertThat(cleanupPolicy(broker)).isEqualTo("compact");
            test.accept(new Http("http://127.0.0.1:" + registry.port()));
            get(vertx.close());
        }
    }

    private static String cleanupPolicy(EmbeddedBroker broker) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, EmbeddedRegistry.TOPIC);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Config config = admin.describeConfigs(List.of(topic))
                    .all()
                    .get(20, TimeUnit.SECONDS)
                    .get(topic);
            return config.get("cleanup.policy").value();
        }
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
