package io.alertstream.schemasync;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.SchemaCatalog;
import io.alertstream.local.registry.MemoryRegistry;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchemaSyncVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final RegistrySettings settings =
            RegistrySettings.open(get(MemoryRegistry.start(vertx)).url());

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void registersTheJarsSchemas() {
        get(deploy(Optional.empty()).finished());
        int id = SchemaCatalog.bundled().latest().id();
        assertThat(get(new RegistryClient(vertx, settings).latest("alert-packet"))
                        .orElseThrow()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void failsIfTheSchemasCannotBeRead() {
        SchemaSyncVerticle verticle = deploy(Optional.of(Path.of("nowhere")));
        assertThat(verticle.finished().toCompletionStage())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("nowhere");
    }

    private SchemaSyncVerticle deploy(Optional<Path> schemaDir) {
        SchemaSyncVerticle verticle = new SchemaSyncVerticle(
                new SchemaSyncSettings(
                        settings, schemaDir, "alert-packet", SchemaSync.LATEST, new SchemaIdSource.OfVersion()),
                new Ops(new Readiness(), new SimpleMeterRegistry(), cause -> {}));
        get(vertx.deployVerticle(verticle));
        return verticle;
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
