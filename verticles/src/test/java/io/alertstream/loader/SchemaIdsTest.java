package io.alertstream.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.SchemaVersion;
import io.alertstream.registry.CallPolicy;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaIdsTest {

    private static final Schema OTHER = SchemaBuilder.record("alert")
            .namespace("lsst.v9_9")
            .fields()
            .requiredLong("diaSourceId")
            .endRecord();

    private final SchemaCatalog catalog = SchemaCatalog.bundled();
    private final TargetSchema target = new TargetSchema(
            catalog.latest().schema(), Optional.of(catalog.latest().version()));
    private final int idOfVersion = catalog.latest().id();
    private final Map<String, JsonObject> answers = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void registry() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    JsonObject answer = answers.getOrDefault(
                            request.path(),
                            new JsonObject().put("error_code", 40403).put("message", "Schema not found"));
                    request.response()
                            .setStatusCode(answer.containsKey("error_code") ? 404 : 200)
                            .putHeader("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .end(answer.encode());
                })
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private void registered(int id, Schema schema) {
        answers.put("/schemas/ids/" + id, new JsonObject().put("schema", schema.toString()));
    }

    private Encoding resolve(SchemaIdSource source, TargetSchema schema) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.actualPort());
        RegistryClient client = new RegistryClient(
                vertx,
                RegistrySettings.open(url),
                new CallPolicy(Duration.ofSeconds(10), 1 << 20, 1, Duration.ofMillis(1), Duration.ofMillis(1)));
        return new SchemaIds(client, "alert-packet")
                .resolve(source, schema, catalog)
                .await(60, TimeUnit.SECONDS);
    }

    @Test
    void usesTheVersionsIdIfItIsThatSchemas() throws Exception {
        registered(idOfVersion, target.schema());

        assertThat(resolve(new SchemaIdSource.OfVersion(), target))
                .isEqualTo(new Encoding(target.schema(), idOfVersion));
    }

    @Test
    void usesANumberIfItIsThatSchemas() throws Exception {
        registered(7, target.schema());

        assertThat(resolve(new SchemaIdSource.Fixed(7), target).id()).isEqualTo(7);
    }

    @Test
    void refusesAnIdOfAnotherSchemaWithBothFingerprints() {
        registered(7, OTHER);

        assertThatThrownBy(() -> resolve(new SchemaIdSource.Fixed(7), target))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(AlertSchema.crc64(OTHER))
                .hasMessageContaining(AlertSchema.crc64(target.schema()))
                .hasMessageContaining("SCHEMA_ID");
    }

    @Test
    void refusesAnUnknownId() {
        assertThatThrownBy(() -> resolve(new SchemaIdSource.OfVersion(), target))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(Integer.toString(idOfVersion))
                .hasMessageContaining("schema-sync");
    }

    @Test
    void namesSchemaDirIfItLacksTheFilesSchema() {
        assertThatThrownBy(() -> resolve(
                        new SchemaIdSource.OfVersion(), new TargetSchema(OTHER, Optional.of(new SchemaVersion(9, 9)))))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("lsst.v9_9.alert")
                .hasMessageContaining("set SCHEMA_DIR to a directory that also has version 9.9");
    }

    @Test
    void usesTheIdThatTheRegistryAssigned() throws Exception {
        answers.put(
                "/subjects/alert-packet",
                new JsonObject()
                        .put("subject", "alert-packet")
                        .put("id", 3)
                        .put("version", 1)
                        .put("schema", target.canonicalForm()));

        assertThat(resolve(new SchemaIdSource.OfRegistry(), target).id()).isEqualTo(3);
    }

    @Test
    void needsTheRegistryOnlyForAssignedIds() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);

        assertThat(resolve(new SchemaIdSource.OfVersion(), target).id()).isEqualTo(idOfVersion);
        assertThatThrownBy(() -> resolve(new SchemaIdSource.OfRegistry(), target))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("SCHEMA_SUBJECT = alert-packet");
    }

    @Test
    void aSchemaWithoutAVersionNeedsANumber() {
        Schema nameless = SchemaBuilder.record("alert")
                .fields()
                .requiredLong("diaSourceId")
                .endRecord();

        assertThatThrownBy(() -> resolve(new SchemaIdSource.OfVersion(), new TargetSchema(nameless, Optional.empty())))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("SCHEMA_ID")
                .hasMessageContaining("ALERTS_SCHEMA");
    }

    @Test
    void aSchemaThatOnlyClaimsACatalogVersionIsRefused() {
        SchemaVersion version = catalog.latest().version();
        Schema pretender = SchemaBuilder.record("alert")
                .namespace("lsst.v%d_%d".formatted(version.major(), version.minor()))
                .fields()
                .requiredLong("diaSourceId")
                .endRecord();

        assertThatThrownBy(() ->
                        resolve(new SchemaIdSource.OfVersion(), new TargetSchema(pretender, Optional.of(version))))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(AlertSchema.crc64(pretender))
                .hasMessageContaining(AlertSchema.crc64(catalog.latest().schema()));
    }
}
