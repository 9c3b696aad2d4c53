package io.alertstream.schemasync;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.local.registry.Http;
import io.alertstream.local.registry.MemoryRegistry;
import io.alertstream.registry.CallPolicy;
import io.alertstream.registry.NewSchemaVersion;
import io.alertstream.registry.RegisteredSchema;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.schemasync.SchemaSynchronizer.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchemaSynchronizerTest {

    private static final CallPolicy POLICY =
            new CallPolicy(Duration.ofSeconds(20), 8 << 20, 2, Duration.ofMillis(1), Duration.ofMillis(2));
    private static final SchemaIdSource VERSION = new SchemaIdSource.OfVersion();
    private static final SchemaIdSource ASSIGNED = new SchemaIdSource.OfRegistry();
    private static final String SUBJECT = "alert-packet";

    @TempDir
    static Path directory;

    private final Vertx vertx = Vertx.vertx();
    private FaultyProxy proxy;
    /** The registry as other clients see it. */
    private Http http;

    private RegistrySettings settings;
    private RegistryClient registry;

    @BeforeEach
    void start() {
        URI url = get(MemoryRegistry.start(vertx)).url();
        http = new Http(url.toString());
        proxy = new FaultyProxy(vertx, url);
        settings = RegistrySettings.open(get(proxy.listen()));
        registry = client();
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void registersTheNewestUnderItsVersionsId() {
        assertThat(get(run(SchemaSync.LATEST, VERSION))).isEqualTo(new Outcome(1, 0));
        assertThat(canonical(get(registry.schemaById(800)))).isEqualTo(schema(8).canonicalForm());
        assertThat(subjects()).containsExactly(SUBJECT);
        assertThat(latest(SUBJECT).id()).isEqualTo(800);
        assertModesAreAsTheSurveysJobLeavesThem();
    }

    @Test
    void registersAllUnderTheirOwnSubjectsToo() {
        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(4, 0));
        assertThat(subjects()).containsExactly(SUBJECT, "lsst-alerts-v7.1-value", "lsst-alerts-v8.0-value");
        assertThat(versions(SUBJECT)).containsExactly(701, 800);
        assertThat(latest("lsst-alerts-v7.1-value").id()).isEqualTo(701);
        assertThat(latest("lsst-alerts-v8.0-value").id()).isEqualTo(800);
        assertModesAreAsTheSurveysJobLeavesThem();
    }

    @Test
    void versionsNumberedByAnEarlierReleaseAreKept() {
        for (int major : List.of(7, 8)) {
            get(registry.setMode(SUBJECT, "IMPORT"));
            get(registry.register(
                    SUBJECT,
                    NewSchemaVersion.of(schema(major).canonicalForm())
                            .withId(schema(major).id())));
        }
        get(registry.clearMode(SUBJECT));
        assertThat(versions(SUBJECT)).containsExactly(1, 2);

        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(4, 0));

        assertThat(versions(SUBJECT)).containsExactly(1, 2, 701, 800);
        assertThat(get(registry.version(SUBJECT, 1)).orElseThrow().id()).isEqualTo(701);
        assertThat(get(registry.version(SUBJECT, 701)).orElseThrow().id()).isEqualTo(701);
        assertThat(latest(SUBJECT).id()).isEqualTo(800);
        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(0, 4));
    }

    @Test
    void aVersionsOwnSubjectIsLeftAloneWhateverItsId() {
        String subject = "lsst-alerts-v8.0-value";
        get(registry.register(subject, NewSchemaVersion.of(schema(8).canonicalForm())));

        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(3, 1));

        assertThat(versions(subject)).containsExactly(1);
    }

    @Test
    void aVersionTakenByAnotherSchemaIsAnErrorBeforeAnyChange() {
        get(registry.setMode(SUBJECT, "IMPORT"));
        get(registry.register(SUBJECT, NewSchemaVersion.of("\"int\"").withId(5).withVersion(800)));
        get(registry.clearMode(SUBJECT));
        int before = proxy.requests().size();

        assertThat(failureOf(run(SchemaSync.ALL, VERSION)))
                .isInstanceOf(SchemaSyncException.class)
                .hasMessageContaining("version 800 of subject " + SUBJECT)
                .hasMessageContaining(AlertSchema.crc64(schema(8).schema()));
        assertThat(proxy.requests().subList(before, proxy.requests().size()))
                .allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void aRegistryThatRefusesMetadataStillGetsTheIds() {
        proxy.refuseBodies(body -> body.contains("metadata"));

        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(4, 0));

        assertThat(latest("lsst-alerts-v8.0-value").id()).isEqualTo(800);
        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(0, 4));
    }

    @Test
    void aSecondRunChangesNothing() {
        get(run(SchemaSync.ALL, VERSION));
        int before = proxy.requests().size();
        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(0, 4));
        assertThat(proxy.requests().subList(before, proxy.requests().size()))
                .allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void aSecondRunWithAssignedIdsChangesNothing() {
        setCompatibilityNone();
        assertThat(get(run(SchemaSync.ALL, ASSIGNED))).isEqualTo(new Outcome(4, 0));
        assertThat(latest("lsst-alerts-v7.1-value").id()).isEqualTo(100_000);
        assertThat(latest(SUBJECT).id()).isEqualTo(100_001);
        assertThat(get(run(SchemaSync.ALL, ASSIGNED))).isEqualTo(new Outcome(0, 4));
        assertThat(versions(SUBJECT)).containsExactly(1, 2);
    }

    @Test
    void aFixedIdIsTheNewestSchemas() {
        setCompatibilityNone();
        get(run(SchemaSync.ALL, new SchemaIdSource.Fixed(4242)));
        assertThat(canonical(get(registry.schemaById(4242))))
                .isEqualTo(schema(8).canonicalForm());
        assertThat(versions(SUBJECT)).containsExactly(1, 4242);
        assertThat(latest("lsst-alerts-v7.1-value").id()).isEqualTo(100_000);
    }

    @Test
    void continuesWhereAnEarlierRunEnded() {
        get(run(SchemaSync.LATEST, VERSION));
        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(3, 1));
        assertThat(versions(SUBJECT)).containsExactly(701, 800);
    }

    @Test
    void addsTheVersionsIdToASchemaWithAnother() {
        int assigned =
                get(registry.register(SUBJECT, NewSchemaVersion.of(schema(8).canonicalForm())));
        assertThat(get(run(SchemaSync.LATEST, VERSION))).isEqualTo(new Outcome(1, 0));
        assertThat(get(registry.schemaById(800))).isEqualTo(get(client().schemaById(assigned)));
    }

    @Test
    void ignoresDocsWhenComparing() {
        String documented = schema(8).schema().toString();
        get(registry.setMode("public", "IMPORT"));
        get(registry.register("public", NewSchemaVersion.of(documented).withId(800)));
        assertThat(documented).isNotEqualTo(schema(8).canonicalForm());
        get(run(SchemaSync.LATEST, VERSION));
        assertThat(latest(SUBJECT).id()).isEqualTo(800);
        assertThat(get(client().schemaById(800))).isEqualTo(documented);
        assertThat(get(run(SchemaSync.LATEST, VERSION))).isEqualTo(new Outcome(0, 1));
    }

    @Test
    void refusesAnIdTakenByAnotherSchema() {
        get(registry.setMode("other", "IMPORT"));
        get(registry.register("other", NewSchemaVersion.of("\"int\"").withId(800)));
        int before = proxy.requests().size();
        assertThat(failureOf(run(SchemaSync.ALL, VERSION)))
                .isInstanceOf(SchemaSyncException.class)
                .hasMessageContaining("id 800")
                .hasMessageContaining(AlertSchema.crc64(schema(8).schema()))
                .hasMessageContaining("7275d51a3f395c8f");
        assertThat(proxy.requests().subList(before, proxy.requests().size()))
                .as("nothing is changed, not even for the other version")
                .allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void refusesAnIdTakenByAnotherSchemaWithTheSameFingerprint() {
        AlertSchema latest = SchemaCatalog.bundled().latest();
        String forged = """
                {"type": "record",
                 "name": "oTHerScHemaOfTHEsameCHEcKsuMOThERschemAOFthEsAmEChECKsumotHeRscHemaofthesamechec",
                 "fields": [{"name": "diaSourceId", "type": "long"}]}
                """;
        assertThat(SchemaNormalization.parsingFingerprint64(new Schema.Parser().parse(forged)))
                .as("CRC-64-AVRO, which the name was constructed to match")
                .isEqualTo(SchemaNormalization.parsingFingerprint64(latest.schema()));
        get(registry.setMode("other", "IMPORT"));
        get(registry.register("other", NewSchemaVersion.of(forged).withId(latest.id())));
        List<Placement> plan = Placement.plan(
                SchemaCatalog.bundled(),
                new SchemaSyncSettings(settings, Optional.empty(), SUBJECT, SchemaSync.LATEST, VERSION));

        assertThat(failureOf(new SchemaSynchronizer(client()).run(plan)))
                .isInstanceOf(SchemaSyncException.class)
                .hasMessageContaining("id 1101 stands for another schema");
    }

    @Test
    void restoresTheModeAfterAFailure() {
        get(registry.setMode(SUBJECT, "READWRITE"));
        proxy.refuse(request -> request.startsWith("POST "));
        assertThat(failureOf(run(SchemaSync.LATEST, VERSION)))
                .hasMessageContaining("alert schema 8.0 under subject " + SUBJECT)
                .hasMessageContaining("made to fail");
        assertThat(get(registry.mode(SUBJECT))).contains("READWRITE");
    }

    @Test
    void restoresTheModeEvenIfSettingItSeemedToFail() {
        proxy.doButRefuse(request -> request.startsWith("PUT /mode"));
        failureOf(run(SchemaSync.LATEST, VERSION));
        assertThat(get(registry.mode(SUBJECT))).contains("READWRITE");
    }

    @Test
    void reportsAModeThatTheNextRunRestores() {
        List<String> attempts = new ArrayList<>();
        proxy.refuse(request -> request.startsWith("PUT /mode") && attempts.add(request) && attempts.size() > 1);
        assertThat(failureOf(run(SchemaSync.LATEST, VERSION)))
                .hasMessageContaining("subject " + SUBJECT + " may be left in mode IMPORT");
        assertThat(get(registry.mode(SUBJECT))).contains("IMPORT");
        proxy.refuse(request -> false);
        assertThat(get(run(SchemaSync.LATEST, VERSION))).isEqualTo(new Outcome(0, 1));
        assertModesAreAsTheSurveysJobLeavesThem();
    }

    @Test
    void leavesAReadOnlySubjectAlone() {
        get(registry.setMode(SUBJECT, "READONLY"));
        assertThat(failureOf(run(SchemaSync.LATEST, VERSION))).hasMessageContaining("READONLY");
        assertThat(get(registry.mode(SUBJECT))).contains("READONLY");
        assertThat(subjects()).isEmpty();
    }

    @Test
    void namesTheSettingForARegistryWithoutModes() {
        proxy.answer(request -> request.contains("/mode"), 404);
        assertThat(failureOf(run(SchemaSync.LATEST, VERSION))).hasMessageContaining("SCHEMA_ID=registry");
        assertThat(get(run(SchemaSync.LATEST, ASSIGNED))).isEqualTo(new Outcome(1, 0));
    }

    @Test
    void reportsAnIncompatibleSchema() {
        assertThat(http.put("/config", new JsonObject().put("compatibility", "BACKWARD"))
                        .status())
                .isEqualTo(200);
        assertThat(failureOf(run(SchemaSync.ALL, ASSIGNED)))
                .hasMessageContaining("alert schema 8.0")
                .hasMessageContaining("409")
                .hasMessageContaining("compatibility to NONE");
    }

    @Test
    void registersNothingMoreOnceStopped() {
        SchemaSynchronizer synchronizer = new SchemaSynchronizer(registry);
        synchronizer.stop();
        assertThat(failureOf(synchronizer.run(plan(SchemaSync.ALL, VERSION)))).hasMessageContaining("stopped");
        assertThat(subjects()).isEmpty();
        assertThat(get(registry.mode())).isEqualTo("READWRITE");
    }

    private void assertModesAreAsTheSurveysJobLeavesThem() {
        assertThat(get(registry.mode(SUBJECT))).contains("READWRITE");
        for (String subject : subjects()) {
            if (!subject.equals(SUBJECT)) {
                assertThat(get(registry.mode(subject))).as(subject).isEmpty();
            }
        }
        assertThat(get(registry.mode())).isEqualTo("READWRITE");
    }

    private List<String> subjects() {
        return http.get("/subjects").list().stream().map(Object::toString).toList();
    }

    private List<Object> versions(String subject) {
        return http.get("/subjects/" + subject + "/versions").list();
    }

    private RegisteredSchema latest(String subject) {
        return get(registry.latest(subject)).orElseThrow();
    }

    private void setCompatibilityNone() {
        assertThat(http.put("/config", new JsonObject().put("compatibility", "NONE"))
                        .status())
                .isEqualTo(200);
    }

    /** Runs as a new process would: nothing is remembered from one run to the next. */
    private Future<Outcome> run(SchemaSync which, SchemaIdSource id) {
        return new SchemaSynchronizer(client()).run(plan(which, id));
    }

    private List<Placement> plan(SchemaSync which, SchemaIdSource id) {
        return Placement.plan(catalog(), new SchemaSyncSettings(settings, Optional.empty(), SUBJECT, which, id));
    }

    private RegistryClient client() {
        return new RegistryClient(vertx, settings, POLICY);
    }

    private static AlertSchema schema(int major) {
        return catalog().schemas().stream()
                .filter(schema -> schema.version().major() == major)
                .findFirst()
                .orElseThrow();
    }

    /** Two versions with docs, incompatible in both directions. */
    private static SchemaCatalog catalog() {
        write("7_1", "{\"name\":\"alertId\",\"type\":\"long\",\"doc\":\"which\"}");
        write(
                "8_0",
                "{\"name\":\"alertId\",\"type\":\"long\",\"doc\":\"which\"},{\"name\":\"ra\",\"type\":\"double\",\"doc\":\"in degrees\"}");
        return SchemaCatalog.read(directory);
    }

    private static void write(String version, String fields) {
        try {
            Files.writeString(
                    directory.resolve("lsst.v" + version + ".alert.avsc"),
                    "{\"type\":\"record\",\"namespace\":\"lsst.v" + version
                            + "\",\"name\":\"alert\",\"doc\":\"an alert\",\"fields\":[" + fields + "]}");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The canonical form, since a registry may reformat what it is given. */
    private static String canonical(String document) {
        return SchemaNormalization.toParsingForm(new Schema.Parser().parse(document));
    }

    private static Throwable failureOf(Future<?> future) {
        try {
            throw new AssertionError("expected a failure, got " + get(future));
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
