package io.alertstream.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertstream.avro.SchemaCatalog;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.registry.RegisteredSchema;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.schemasync.SchemaSync;
import io.alertstream.schemasync.SchemaSyncSettings;
import io.alertstream.schemasync.SchemaSyncVerticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The same tests against an independent implementation of the interface: Apicurio, as a process. They run with
 * {@code -Papicurio}, which fetches the server (109 MB).
 */
class ApicurioRegistryIT extends RegistryContract {

    private static final String INTERFACE = "/apis/ccompat/v7";
    private static final Duration START = Duration.ofMinutes(2);
    private static final Map<Feature, String> DIFFERENCES = Map.ofEntries(
            difference(Feature.CONFIG_BEFORE_SCHEMAS, "a subject has no level before it has a schema"),
            difference(Feature.CONTEXTS, "colons in a subject have no meaning"),
            difference(Feature.EMPTY_SCHEMA, "500 where Confluent's answers 422: a bug in Apicurio"),
            difference(Feature.ERRORS_OF_HTTP, "plain text where Confluent's answers JSON"),
            difference(Feature.FETCH_MAX_ID, "newer than the version of the interface that Apicurio implements"),
            difference(Feature.FORMAT_OF_VERSIONS, "404 for an invalid version, where Confluent's answers 42202"),
            difference(Feature.LIST_OF_SCHEMAS, "GET /schemas isn't implemented"),
            difference(Feature.MEDIA_TYPES, "always application/json, which clients accept too"),
            difference(Feature.METADATA, "metadata isn't stored"),
            difference(Feature.MODES, "not implemented: schema-sync needs SCHEMA_ID=registry"),
            difference(Feature.NORMALIZE, "the order of properties matters"),
            difference(Feature.ONLY_AVRO, "it also accepts other types and references, which alerts don't use"),
            difference(Feature.PAGES_AND_PREFIXES, "lists are always complete"),
            difference(
                    Feature.PERMANENT_DELETE,
                    "409 where Confluent's answers 404 to the deletion of what isn't deleted"),
            difference(Feature.SOFTLY_DELETED_IN_DETAIL, "deleted versions are listed, but not looked up or replaced"),
            difference(Feature.SUBJECTS_OF_AN_ID, "GET /schemas/ids/ID/versions gives the same information"),
            difference(Feature.UNKNOWN_LEVEL, "500 where Confluent's answers 42203: a bug in Apicurio"),
            difference(Feature.VERBOSE_COMPATIBILITY, "reasons are given only when a registration is refused"),
            difference(Feature.VERSION_OF_THE_CLIENT, "a version chosen by the client is ignored"),
            difference(
                    Feature.WHOLE_SUBJECT_COMPATIBILITY, "without a version, the check is against all, at any level"));

    private static Process server;
    private static String base;

    private static Map.Entry<Feature, String> difference(Feature feature, String reason) {
        return Map.entry(feature, reason);
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        String home = System.getProperty("apicurio.home", "");
        if (home.isEmpty()) {
            System.err.println("Skipping the tests against Apicurio's registry: run with -Papicurio to fetch it");
        }
        assumeTrue(!home.isEmpty(), "Apicurio's registry: run with -Papicurio to fetch it");
        int port = freePort();
        Path log = Files.createTempFile("apicurio", ".log");
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        // Compares schemas rather than their text, as Confluent's does.
                        "-Dapicurio.ccompat.use-canonical-hash=true",
                        "-Dapicurio.rest.deletion.artifact.enabled=true",
                        "-Dapicurio.rest.deletion.artifact-version.enabled=true",
                        "-jar",
                        "apicurio-registry-app-3.0.9-runner.jar")
                .directory(Path.of(home).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        base = "http://127.0.0.1:" + port + INTERFACE;
        awaitReady(log);
    }

    private static void awaitReady(Path log) throws InterruptedException, IOException {
        Http http = new Http(base);
        Instant end = Instant.now().plus(START);
        while (!isReady(http)) {
            // An answer is the only sign of readiness, so it is polled ten times a second.
            if (server.waitFor(100, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                throw new IllegalStateException("Apicurio's registry doesn't start: " + Files.readString(log));
            }
        }
    }

    private static boolean isReady(Http http) {
        try {
            return http.get("/subjects").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void ourClientAndSchemaSyncWorkWithIt() {
        Vertx vertx = Vertx.vertx();
        try {
            RegistrySettings settings = RegistrySettings.open(URI.create(base));
            SchemaSyncSettings sync = new SchemaSyncSettings(
                    settings, Optional.empty(), "alert-packet", SchemaSync.ALL, new SchemaIdSource.OfRegistry());
            for (int run = 0; run < 2; run++) {
                SchemaSyncVerticle verticle =
                        new SchemaSyncVerticle(sync, new Ops(new Readiness(), new SimpleMeterRegistry(), cause -> {}));
                get(vertx.deployVerticle(verticle));
                get(verticle.finished());
            }
            RegistryClient client = new RegistryClient(vertx, settings);
            String canonical = SchemaCatalog.bundled().latest().canonicalForm();
            RegisteredSchema found = get(client.lookUp("alert-packet", canonical));
            assertThat(new Http(base).get("/subjects/alert-packet/versions").list())
                    .hasSize(SchemaCatalog.bundled().schemas().size())
                    .contains(found.version());
            assertThat(SchemaNormalization.toParsingForm(new Schema.Parser().parse(get(client.schemaById(found.id())))))
                    .isEqualTo(canonical);
        } finally {
            get(vertx.close());
        }
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    @Override
    String base() {
        return base;
    }

    @Override
    Map<Feature, String> differences() {
        return DIFFERENCES;
    }
}
