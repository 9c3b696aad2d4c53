package io.alertstream.schemasync;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.local.registry.MemoryRegistry;
import io.alertstream.registry.CallPolicy;
import io.alertstream.registry.RegisteredSchema;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.schemasync.SchemaSynchronizer.Outcome;
import io.alertstream.settings.SchemaIdSource;
import io.alertstream.settings.SchemaSync;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private RegistrySettings settings;
    private RegistryClient registry;

    @BeforeEach
    void start() {
        proxy = new FaultyProxy(vertx, get(MemoryRegistry.start(vertx)).url());
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
        assertThat(get(registry.subjects())).containsExactly(SUBJECT);
        assertThat(get(registry.latest(SUBJECT)).id()).isEqualTo(800);
        assertModesAreAsBefore();
    }

    @Test
    void registersAllAlsoUnderSubjectsOfTheirOwn() {
        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(4, 0));
        assertThat(get(registry.subjects()))
                .containsExactly(SUBJECT, "lsst-alerts-v7.1-value", "lsst-alerts-v8.0-value");
        assertThat(get(registry.versions(SUBJECT))).containsExactly(1, 2);
        assertThat(get(registry.latest("lsst-alerts-v7.1-value")).id()).isEqualTo(701);
        assertThat(get(registry.latest("lsst-alerts-v8.0-value")).id()).isEqualTo(800);
        assertModesAreAsBefore();
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
        get(registry.setCompatibility("NONE"));
        assertThat(get(run(SchemaSync.ALL, ASSIGNED))).isEqualTo(new Outcome(4, 0));
        assertThat(get(registry.latest("lsst-alerts-v7.1-value")).id()).isEqualTo(1);
        assertThat(get(registry.latest(SUBJECT)).id()).isEqualTo(2);
        assertThat(get(run(SchemaSync.ALL, ASSIGNED))).isEqualTo(new Outcome(0, 4));
        assertThat(get(registry.versions(SUBJECT))).containsExactly(1, 2);
    }

    @Test
    void aFixedIdIsTheNewestSchemas() {
        get(registry.setCompatibility("NONE"));
        get(run(SchemaSync.ALL, new SchemaIdSource.Fixed(4242)));
        assertThat(canonical(get(registry.schemaById(4242))))
                .isEqualTo(schema(8).canonicalForm());
        assertThat(get(registry.latest("lsst-alerts-v7.1-value")).id()).isEqualTo(1);
    }

    @Test
    void goesOnWhereAnEarlierRunEnded() {
        get(run(SchemaSync.LATEST, VERSION));
        assertThat(get(run(SchemaSync.ALL, VERSION))).isEqualTo(new Outcome(3, 1));
        assertThat(get(registry.versions(SUBJECT))).containsExactly(1, 2);
    }

    @Test
    void addsTheVersionsIdToASchemaThatHasAnother() {
        get(registry.register(SUBJECT, schema(8).canonicalForm()));
        assertThat(get(run(SchemaSync.LATEST, VERSION))).isEqualTo(new Outcome(1, 0));
        assertThat(get(registry.schemaById(800))).isEqualTo(get(client().schemaById(1)));
    }

    @Test
    void takesASchemaWithDocsForTheSame() {
        String documented = schema(8).schema().toString();
        get(registry.setMode("public", "IMPORT"));
        get(registry.register("public", documented, 800));
        assertThat(documented).isNotEqualTo(schema(8).canonicalForm());
        get(run(SchemaSync.LATEST, VERSION));
        RegisteredSchema found = get(registry.latest(SUBJECT));
        assertThat(found.id()).isEqualTo(800);
        assertThat(get(client().schemaById(800))).isEqualTo(documented);
        assertThat(get(run(SchemaSync.LATEST, VERSION))).isEqualTo(new Outcome(0, 1));
    }

    @Test
    void refusesAnIdThatStandsForAnotherSchema() {
        get(registry.setMode("other", "IMPORT"));
        get(registry.register("other", "\"int\"", 800));
        int before = proxy.requests().size();
        assertThat(failureOf(run(SchemaSync.ALL, VERSION)))
                .isInstanceOf(SchemaSyncException.class)
                .hasMessageContaining("id 800")
                .hasMessageContaining(schema(8).crc64())
                .hasMessageContaining("7275d51a3f395c8f");
        assertThat(proxy.requests().subList(before, proxy.requests().size()))
                .as("nothing is changed, not even for the other version")
                .allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void putsTheModeBackAfterAFailure() {
        get(registry.setMode(SUBJECT, "READWRITE"));
        proxy.refuse(request -> request.startsWith("POST "));
        assertThat(failureOf(run(SchemaSync.LATEST, VERSION)))
                .hasMessageContaining("alert schema 8.0 under subject " + SUBJECT)
                .hasMessageContaining("made to fail");
        assertThat(get(registry.mode(SUBJECT))).contains("READWRITE");
    }

    @Test
    void putsTheModeBackAlsoIfSettingItSeemedToFail() {
        proxy.doButRefuse(request -> request.startsWith("PUT /mode"));
        failureOf(run(SchemaSync.LATEST, VERSION));
        assertThat(get(registry.mode(SUBJECT))).isEmpty();
    }

    @Test
    void saysIfTheModeCannotBePutBackAndTheNextRunDoesIt() {
        proxy.refuse(request -> request.startsWith("DELETE /mode"));
        assertThat(failureOf(run(SchemaSync.LATEST, VERSION)))
                .hasMessageContaining("subject " + SUBJECT + " may be left in mode IMPORT");
        assertThat(get(registry.mode(SUBJECT))).contains("IMPORT");
        proxy.refuse(request -> false);
        assertThat(get(run(SchemaSync.LATEST, VERSION))).isEqualTo(new Outcome(0, 1));
        assertModesAreAsBefore();
    }

    @Test
    void leavesAReadOnlySubjectAlone() {
        get(registry.setMode(SUBJECT, "READONLY"));
        assertThat(failureOf(run(SchemaSync.LATEST, VERSION))).hasMessageContaining("READONLY");
        assertThat(get(registry.mode(SUBJECT))).contains("READONLY");
        assertThat(get(registry.subjects())).isEmpty();
    }

    @Test
    void saysWhatToSetForARegistryWithoutModes() {
        proxy.answer(request -> request.contains("/mode"), 404);
        assertThat(failureOf(run(SchemaSync.LATEST, VERSION))).hasMessageContaining("SCHEMA_ID=registry");
        assertThat(get(run(SchemaSync.LATEST, ASSIGNED))).isEqualTo(new Outcome(1, 0));
    }

    @Test
    void tellsWhatIsIncompatible() {
        assertThat(failureOf(run(SchemaSync.ALL, ASSIGNED)))
                .hasMessageContaining("alert schema 8.0")
                .hasMessageContaining("409");
    }

    @Test
    void registersNothingMoreOnceItIsStopped() {
        SchemaSynchronizer synchronizer = new SchemaSynchronizer(registry);
        synchronizer.stop();
        assertThat(failureOf(synchronizer.run(plan(SchemaSync.ALL, VERSION)))).hasMessageContaining("stopped");
        assertThat(get(registry.subjects())).isEmpty();
        assertModesAreAsBefore();
    }

    private void assertModesAreAsBefore() {
        for (String subject : get(registry.subjects())) {
            assertThat(get(registry.mode(subject))).as(subject).isEmpty();
        }
        assertThat(get(registry.mode())).isEqualTo("READWRITE");
    }

    /** Each run is a process of its own: nothing is remembered from one to the next. */
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

    /** Two versions that aren't compatible either way, with docs. */
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

    /** A registry renders what it gets in its own way. */
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
