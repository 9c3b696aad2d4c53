package io.alertstream.schemasync;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.local.registry.Http;
import io.alertstream.local.registry.Http.Answer;
import io.alertstream.local.registry.MemoryRegistry;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The survey's own job fills a registry by deleting everything and posting each schema twice. It has to run against the
 * embedded registry without an error, and what schema-sync registers must look the same to every client.
 */
@Timeout(60)
class SurveyRegistryTest {

    private static final String SUBJECT = "alert-packet";

    private final Vertx vertx = Vertx.vertx();
    private final SchemaCatalog catalog = SchemaCatalog.bundled();
    private Http byTheSurvey;
    private Http bySchemaSync;
    private RegistrySettings settings;

    @BeforeEach
    void start() {
        byTheSurvey = new Http(get(MemoryRegistry.start(vertx)).url().toString());
        URI url = get(MemoryRegistry.start(vertx)).url();
        bySchemaSync = new Http(url.toString());
        settings = RegistrySettings.open(url);
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void schemaSyncFillsARegistryAsTheSurveysJobDoes() {
        runTheSurveysJob(byTheSurvey);
        runSchemaSync();

        for (String path : everythingThatCanBeAsked(byTheSurvey)) {
            Answer expected = byTheSurvey.get(path);
            Answer actual = bySchemaSync.get(path);
            assertThat(actual.body()).as(path).isEqualTo(expected.body());
            assertThat(actual.status()).as(path).isEqualTo(expected.status());
            assertThat(actual.contentType()).as(path).isEqualTo(expected.contentType());
        }
        assertThat(everythingThatCanBeAsked(bySchemaSync)).isEqualTo(everythingThatCanBeAsked(byTheSurvey));
        for (AlertSchema schema : catalog.schemas()) {
            JsonObject request = new JsonObject().put("schema", schema.canonicalForm());
            for (String subject : List.of(SUBJECT, ownSubject(schema))) {
                assertThat(bySchemaSync.post("/subjects/" + subject, request))
                        .isEqualTo(byTheSurvey.post("/subjects/" + subject, request));
            }
        }
    }

    @Test
    void theSurveysJobCanRunAgainAndAfterSchemaSync() {
        runSchemaSync();
        List<String> before = bodies(bySchemaSync);
        runTheSurveysJob(bySchemaSync);
        runTheSurveysJob(bySchemaSync);
        assertThat(bodies(bySchemaSync)).isEqualTo(before);
        runSchemaSync();
        assertThat(bodies(bySchemaSync)).isEqualTo(before);
    }

    @Test
    void consumersFindAMessagesIdAmongTheVersions() {
        runSchemaSync();

        assertThat(bySchemaSync.get("/subjects/alert-packet/versions").list()).isEqualTo(List.of(1100, 1101));
        for (AlertSchema schema : catalog.schemas()) {
            JsonObject version = bySchemaSync
                    .get("/subjects/alert-packet/versions/" + schema.id())
                    .object();
            assertThat(version.getInteger("id")).isEqualTo(schema.id());
            assertThat(version.getString("schema"))
                    .isEqualTo(bySchemaSync
                            .get("/schemas/ids/" + schema.id())
                            .object()
                            .getString("schema"));
        }
        JsonObject latest =
                bySchemaSync.get("/subjects/alert-packet/versions/latest").object();
        assertThat(latest.getInteger("id")).isEqualTo(catalog.latest().id());
        JsonObject own = bySchemaSync
                .get("/subjects/lsst-alerts-v11.1-value/versions/latest")
                .object();
        assertThat(own.getJsonObject("metadata").getJsonObject("properties").getString("confluent:version"))
                .isEqualTo("1101");
    }

    /** Sends the same requests as the survey's job. */
    private void runTheSurveysJob(Http http) {
        for (Object subject : http.get("/subjects").list()) {
            succeeds(http.delete("/subjects/" + subject));
            succeeds(http.delete("/subjects/" + subject + "?permanent=true"));
        }
        succeeds(http.send("PUT", "/mode/" + SUBJECT, "{\"mode\": \"IMPORT\"}", "application/json", "*/*"));
        for (AlertSchema schema : catalog.schemas()) {
            String document = schema.canonicalForm();
            JsonObject shared = new JsonObject()
                    .put("version", schema.id())
                    .put("id", schema.id())
                    .put("schema", document);
            succeeds(http.post("/subjects/" + SUBJECT + "/versions", shared));
            JsonObject properties = new JsonObject().put("confluent:version", Integer.toString(schema.id()));
            JsonObject own = new JsonObject()
                    .put("schema", document)
                    .put("metadata", new JsonObject().put("properties", properties));
            succeeds(http.get("/mode"));
            succeeds(http.get("/config"));
            succeeds(http.post("/subjects/" + ownSubject(schema) + "/versions", own));
        }
        succeeds(http.send("PUT", "/mode/" + SUBJECT, "{\"mode\": \"READWRITE\"}", "application/json", "*/*"));
    }

    private static void succeeds(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static String ownSubject(AlertSchema schema) {
        return "lsst-alerts-v" + schema.version() + "-value";
    }

    private void runSchemaSync() {
        RegistryClient registry = new RegistryClient(vertx, settings);
        SchemaSyncSettings all = new SchemaSyncSettings(
                settings, Optional.empty(), SUBJECT, SchemaSync.ALL, new SchemaIdSource.OfVersion());
        get(new SchemaSynchronizer(registry).run(Placement.plan(catalog, all)));
        registry.close();
    }

    private static List<String> bodies(Http http) {
        return everythingThatCanBeAsked(http).stream()
                .map(path -> path + " " + http.get(path).body())
                .toList();
    }

    /** Every path that answers GET, for everything that the registry holds and some things that it doesn't. */
    private static List<String> everythingThatCanBeAsked(Http http) {
        List<String> paths = new ArrayList<>(List.of(
                "/",
                "/contexts",
                "/subjects",
                "/subjects?deleted=true",
                "/subjects?subjectPrefix=lsst",
                "/schemas",
                "/schemas?latestOnly=true",
                "/schemas?deleted=true",
                "/schemas/types",
                "/config",
                "/mode"));
        List<Object> subjects = new ArrayList<>(http.get("/subjects").list());
        subjects.add("unknown");
        for (Object subject : subjects) {
            paths.addAll(List.of(
                    "/config/" + subject,
                    "/config/" + subject + "?defaultToGlobal=true",
                    "/mode/" + subject,
                    "/mode/" + subject + "?defaultToGlobal=true"));
            String versions = "/subjects/" + subject + "/versions";
            paths.add(versions);
            paths.add(versions + "?deleted=true");
            List<Object> asked = new ArrayList<>(List.of("latest", "-1", "1", "2", "999"));
            JsonArray known =
                    http.get(versions).status() == 200 ? http.get(versions).array() : new JsonArray();
            known.forEach(asked::add);
            for (Object version : asked) {
                String path = versions + "/" + version;
                paths.addAll(List.of(path, path + "/schema", path + "/referencedby"));
            }
        }
        for (int id : List.of(1, 1099, 1100, 1101, 1102, 100_000)) {
            String path = "/schemas/ids/" + id;
            paths.addAll(List.of(
                    path,
                    path + "?fetchMaxId=true",
                    path + "?subject=" + SUBJECT,
                    path + "/schema",
                    path + "/subjects",
                    path + "/versions",
                    path + "/versions?deleted=true"));
        }
        return paths;
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
