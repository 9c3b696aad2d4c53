package io.alertstream.server;

import static io.alertstream.server.ServedArchive.ID;
import static io.alertstream.server.ServedArchive.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.ArchiveLayout;
import io.alertstream.archive.ArchiveSettings;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over real HTTP, in front of an archive in real files. */
class ServerIT extends ServerFixture {

    private static final String ALERT = "/v1/alerts/" + ID;
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    @Test
    void anAlertIsServedAsItWasSent() throws IOException {
        byte[] packet = served.put(ID, 139_056);

        Answer answer = get(ALERT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(packet);
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.header("Cache-Control")).isEqualTo(IMMUTABLE);
        assertThat(answer.header("Vary")).isEqualTo("accept, accept-encoding");
        assertThat(get("/v1/alerts/LSST-AP-DS-" + ID).body()).isEqualTo(packet);
    }

    @Test
    void aClientThatAcceptsGzipGetsTheStoredBytes() throws IOException {
        byte[] packet = served.put(ID, 60_000);

        Answer answer = get(ALERT, "Accept-Encoding: br", "accept-encoding: gzip;q=0.9");

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.header("Vary")).isEqualTo("accept, accept-encoding");
        assertThat(answer.body())
                .isEqualTo(Files.readAllBytes(directory.resolve("alerts/alert_archive/v1/alerts/" + ID + ".avro.gz")));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                .isEqualTo(packet);
    }

    @Test
    void uncompressedObjectsAreServedUncompressed() throws IOException {
        Path file = directory.resolve("alerts/alert_archive/v1/alerts/5.avro");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {0, 0, 0, 3, (byte) 132, 1});

        Answer answer = get("/v1/alerts/5", "Accept-Encoding: gzip");

        assertThat(answer.body()).containsExactly(0, 0, 0, 3, 132, 1);
        assertThat(answer.header("Content-Encoding")).isNull();
    }

    @Test
    void theConfiguredLayoutIsServed() throws IOException {
        try (ServedArchive v2 = new ServedArchive(directory.resolve("v2"), Limits.DEFAULT, ArchiveLayout.V2)) {
            byte[] packet = v2.put(ID, 1_000);

            assertThat(directory.resolve("v2/alerts/v2/alerts/791294/" + ID + ".avro.gz"))
                    .exists();
            assertThat(RawHttp.request(v2.port(), "GET", ALERT).body()).isEqualTo(packet);
        }
    }

    @Test
    void eachEncodingHasAStrongTag() throws IOException {
        served.put(ID, 60_000);
        String plain = get(ALERT).header("ETag");
        String gzip = get(ALERT, "Accept-Encoding: gzip").header("ETag");

        assertThat(plain).matches("\"[^\"]+\"").isNotEqualTo(gzip);
        assertThat(gzip).matches("\"[^\"]+\"");
        assertThat(get(ALERT).header("ETag")).isEqualTo(plain);
    }

    @Test
    void aCurrentTagGetsNotModified() throws IOException {
        served.put(ID, 60_000);
        String plain = get(ALERT).header("ETag");
        String gzip = get(ALERT, "Accept-Encoding: gzip").header("ETag");

        for (String condition : new String[] {plain, "*", "W/" + plain, "\"other\", " + plain, "\"a,b\"," + plain}) {
            Answer answer = get(ALERT, "If-None-Match: " + condition);
            assertThat(answer.status()).as(condition).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(plain);
            assertThat(answer.header("Cache-Control")).isEqualTo(IMMUTABLE);
            assertThat(answer.header("Vary")).isEqualTo("accept, accept-encoding");
            assertThat(answer.header("Content-Encoding")).isNull();
        }
        assertThat(get(ALERT, "Accept-Encoding: gzip", "If-None-Match: \"x\"", "If-None-Match: " + gzip)
                        .status())
                .isEqualTo(304);
        for (String condition : new String[] {gzip, "\"other\"", plain.substring(1, plain.length() - 1), "", "\""}) {
            assertThat(get(ALERT, "If-None-Match: " + condition).status())
                    .as(condition)
                    .isEqualTo(200);
        }
        assertThat(get("/v1/alerts/1", "If-None-Match: *").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALERT, "/v1/alerts/1", "/v1/alerts/x", "/v1/schemas/900", "/v1/health", "/openapi.yaml"})
    void headIsGetWithoutTheBody(String path) throws IOException {
        served.put(ID, 60_000);
        await(served.archive.putSchema(900, "{}"));
        for (String encoding : new String[] {"gzip", "identity"}) {
            Answer get = get(path, "Accept-Encoding: " + encoding);
            Answer head = ask("HEAD", path, "Accept-Encoding: " + encoding);

            assertThat(head.status()).isEqualTo(get.status());
            assertThat(head.headers()).isEqualTo(get.headers());
        }
    }

    @Test
    void aSchemaIsServedAsTheRegistryHasIt() throws IOException {
        String document = "{\"type\":\"record\",\"name\":\"alert\",\"doc\":\"\u03bcJy\",\"fields\":[]}";
        await(served.archive.putSchema(900, document));

        Answer answer = get("/v1/schemas/900");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo(document);
        assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(answer.header("Cache-Control")).isEqualTo(IMMUTABLE);
        assertThat(get("/v1/schemas/900", "If-None-Match: " + answer.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/alerts/1, 404, alert not found",
        "/v1/alerts/LSST-AP-DS-1, 404, alert not found",
        "/v1/schemas/1, 404, schema not found",
        "/v1/alerts/x, 400, expected an alert's id",
        "/v1/schemas/x, 400, expected a schema's id",
        "/v1/schemas/4294967297, 400, expected a schema's id",
        "/v1/alerts, 405, expected POST",
        "/v1/alerts/, 405, expected POST",
        "/v1, 404, no such resource",
        "/v2/alerts/1, 404, no such resource",
        "/v1/health/x, 404, no such resource",
    })
    void errorsAreJson(String path, int status, String detail) throws IOException {
        served.put(ID, 10);
        await(served.archive.putSchema(900, "{}"));

        assertError(get(path), status, detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"})
    void onlyReadsAreAllowed(String method) throws IOException {
        for (String path : new String[] {ALERT, "/v1/schemas/900", "/v1/health", "/openapi.yaml"}) {
            Answer answer = ask(method, path);

            assertError(answer, 405, "expected GET or HEAD");
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void healthDoesNotDependOnTheStore() throws IOException {
        Files.delete(directory.resolve("alerts"));

        Answer answer = get("/v1/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("OK");
        assertThat(directory.resolve("alerts")).doesNotExist();
    }

    @Test
    void anUnavailableStoreIs503UntilItIsBack() throws IOException {
        byte[] packet = served.put(ID, 1_000);
        served.put(2, 1_000);
        assertThat(get(ALERT).status()).isEqualTo(200);
        Files.move(directory.resolve("alerts"), directory.resolve("unmounted"));

        for (String path : new String[] {"/v1/alerts/2", "/v1/alerts/3"}) {
            Answer answer = get(path);
            assertError(answer, 503, "the archive can't be reached");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
            assertThat(answer.text()).doesNotContain(directory.toString());
        }
        assertThat(get(ALERT).body()).as("from memory").isEqualTo(packet);
        assertThat(get("/v1/health").status()).isEqualTo(200);

        Files.move(directory.resolve("unmounted"), directory.resolve("alerts"));
        assertThat(get("/v1/alerts/2").status()).isEqualTo(200);
    }

    @Test
    void aDamagedObjectIsNotServedAndReadAgain() throws IOException {
        byte[] packet = served.put(ID, 60_000);
        Path file = directory.resolve("alerts/alert_archive/v1/alerts/" + ID + ".avro.gz");
        byte[] stored = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(stored, stored.length / 2));

        for (String path : new String[] {ALERT, ALERT + "?format=json", ALERT + "/schema"}) {
            for (String header : new String[] {"Accept-Encoding: gzip", "Accept: */*", "If-None-Match: *"}) {
                Answer answer = get(path, header);

                assertError(answer, 503, "the stored object is damaged: expected gzip");
                assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
                assertThat(answer.header("ETag")).isNull();
            }
        }
        assertThat(ask("HEAD", ALERT, "Accept-Encoding: gzip").status()).isEqualTo(503);

        Files.write(file, stored);
        assertThat(get(ALERT, "Accept-Encoding: gzip").body()).isEqualTo(stored);
        assertThat(get(ALERT).body()).isEqualTo(packet);
    }

    /** A client that accepts gzip gets the packet or an error, wherever the stored bytes are damaged. */
    @Test
    void damagedObjectsAreNeverServed() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] packet = served.put(1, 2_000);
        byte[] stored = Files.readAllBytes(directory.resolve("alerts/alert_archive/v1/alerts/1.avro.gz"));
        for (int id = 2; id < 200; id++) {
            byte[] damaged =
                    Arrays.copyOf(stored, random.nextBoolean() ? stored.length : random.nextInt(stored.length));
            if (damaged.length == stored.length) {
                damaged[random.nextInt(stored.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(directory.resolve("alerts/alert_archive/v1/alerts/" + id + ".avro.gz"), damaged);

            Answer answer = get("/v1/alerts/" + id, "Accept-Encoding: gzip");

            if (answer.status() == 200) { // Some bits of the gzip header have no effect.
                assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                        .as("seed %d, alert %d", seed, id)
                        .isEqualTo(packet);
            } else {
                assertError(answer, 503, "the stored object is damaged");
            }
        }
    }

    @Test
    void aTruncatedSchemaIsNotServedAndReadAgain() throws IOException {
        String document = "{\"type\":\"record\",\"name\":\"alert\",\"fields\":[]}";
        await(served.archive.putSchema(900, document));
        Path file = directory.resolve("schemas/alert_archive/v1/schemas/900.json");
        for (String damaged : new String[] {"", document.substring(0, 20), document + "}", "\0\0\0\0"}) {
            Files.writeString(file, damaged);

            Answer answer = get("/v1/schemas/900");

            assertError(answer, 503, "the stored object is damaged: expected a schema");
            assertThat(answer.header("ETag")).isNull();
        }
        Files.writeString(file, document);
        assertThat(get("/v1/schemas/900").text()).isEqualTo(document);
    }

    /** Plain bytes have no checksum: half an object looks like a whole one. */
    @Test
    void objectsWithoutAChecksumAreNotCached() throws IOException {
        Path file = directory.resolve("alerts/alert_archive/v1/alerts/5.avro");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {0, 0, 0});

        Answer answer = get("/v1/alerts/5", "Accept-Encoding: gzip");

        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        Files.write(file, new byte[] {0, 0, 0, 3, (byte) 132, 1});
        assertThat(get("/v1/alerts/5").body()).containsExactly(0, 0, 0, 3, 132, 1);
    }

    @Test
    void aNonFileUnderAnAlertsNameIsDamaged() throws IOException {
        served.put(2, 1_000);
        Files.createDirectories(directory.resolve("alerts/alert_archive/v1/alerts/" + ID + ".avro.gz"));

        Answer answer = get(ALERT);

        assertError(answer, 503, "the stored object is damaged");
        assertThat(answer.text()).as("error, without the server's paths").doesNotContain(directory.toString());
        assertThat(get("/v1/alerts/2").status()).isEqualTo(200);
    }

    @Test
    void aGzipBombDoesNoHarm() throws IOException {
        Path file = directory.resolve("alerts/alert_archive/v1/alerts/666.avro.gz");
        Files.createDirectories(file.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }

        assertError(get("/v1/alerts/666"), 503, "the stored object is damaged");
    }

    @Test
    void openApiIsServed() throws IOException {
        Answer answer = get("/openapi.yaml");

        assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(answer.text())
                .startsWith("openapi: 3.")
                .contains("\n  /v1/health:\n", "\n  /v1/alerts/{id}:\n", "\n  /v1/schemas/{id}:\n");
        assertThat(get("/openapi.yaml", "If-None-Match: " + answer.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void requestsAreMeasured() throws IOException {
        served.put(ID, 1_000);
        try (RawHttp http = new RawHttp(served.port())) {
            http.ask("GET", ALERT);
            http.ask("GET", ALERT);
            http.ask("GET", "/made/up");
            http.ask("GET", "/v1/health"); // Answered after the requests before it were counted.
        }

        assertThat(requests("/v1/alerts/:id", "200")).isEqualTo(2);
        assertThat(requests("none", "404")).isEqualTo(1);
        assertThat(served.meters.get("alertstream.server.sent").counter().count())
                .isGreaterThan(2_000);
        assertThat(cacheRequests("cached")).isEqualTo(1);
        assertThat(cacheRequests("loaded")).isEqualTo(1);
    }

    private long requests(String route, String status) {
        return served.meters
                .get("alertstream.server.requests")
                .tags("route", route, "status", status)
                .timer()
                .count();
    }

    private double cacheRequests(String source) {
        return served.meters
                .get("alertstream.server.cache.requests")
                .tags("kind", "alert", "source", source)
                .counter()
                .count();
    }

    @Test
    void aPortInUseIsAnErrorThatNamesTheSetting() {
        ArchiveSettings archive = served.settings.readOnly();
        ServerVerticle second = new ServerVerticle(
                new ServerSettings(
                        "127.0.0.1",
                        served.port(),
                        ServedArchive.ONE_CLIENT,
                        archive,
                        AlertProfile.lsst(),
                        ServedArchive.NO_OVERVIEW),
                new Ops(new Readiness(), new SimpleMeterRegistry(), fatal -> {}));

        assertThatThrownBy(() -> await(served.vertx.deployVerticle(second)))
                .hasMessageContaining("HTTP_PORT = \"" + served.port() + "\"")
                .hasMessageContaining("in use");
    }

    private static void assertError(Answer answer, int status, String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(new JsonObject(answer.text()).getString("detail")).startsWith(detail);
    }

    private Answer ask(String method, String path, String... headers) throws IOException {
        return RawHttp.request(served.port(), method, path, headers);
    }
}
