package io.alertstream.local.registry;

import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The registry's interface over a real Kafka. */
@KafkaTest
class EmbeddedRegistryIT extends RegistryContract {

    private static Vertx vertx;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start(TestKafka kafka) {
        vertx = Vertx.vertx();
        KafkaClients clients = new KafkaClients(vertx, KafkaSettings.plaintext(kafka.bootstrapServers()));
        registry = new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.empty()), clients);
        get(vertx.deployVerticle(registry));
    }

    @AfterAll
    static void stop() {
        get(vertx.close());
    }

    @Override
    String base() {
        return "http://127.0.0.1:" + registry.port();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
