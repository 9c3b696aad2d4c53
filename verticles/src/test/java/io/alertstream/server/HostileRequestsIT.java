package io.alertstream.server;

import static io.alertstream.server.ServedArchive.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.Limits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Malicious and broken clients. */
class HostileRequestsIT {

    /** Longer than a busy machine takes for one of these requests. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    private static final int CONNECTIONS = 20;
    private static final int REQUESTS_PER_SECOND = 100;
    private static final int CACHE_BYTES = 1 << 20;

    @TempDir
    Path directory;

    private ServedArchive served;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedArchive(
                directory,
                new Limits(CONNECTIONS, REQUESTS_PER_SECOND, QUIET, 10, 8 << 20, 8 << 20, CACHE_BYTES, CACHE_BYTES, 2));
        served.put(ID, 100_000);
        Files.writeString(directory.resolve("secret"), "secret");
        Files.writeString(directory.resolve("alerts/secret"), "secret");
    }

    @AfterEach
    void close() {
        served.close();
    }

    static List<String> hostileIds() {
        return List.of(
                "..%2fsecret",
                "..%2f..%2f..%2f..%2fsecret",
                "%2e%2e%2f%2e%2e%2fsecret",
                "..%252f..%252fsecret",
                "%2fetc%2fpasswd",
                "..%5csecret",
                "..%c0%afsecret",
                "%c0%ae%c0%ae/secret",
                "../../../../../../etc/passwd",
                "./../../v1/alerts/secret",
                "%00",
                ID + "%00.json",
                ID + "%0d%0aX-Injected:%20yes",
                "%",
                "%zz",
                "%f",
                "%ff",
                "-1",
                "+" + ID,
                "%2B1",
                "%20" + ID,
                ID + "%20",
                ID + "%09",
                "0" + ID,
                "007",
                "1.5",
                "1e9",
                "9223372036854775808",
                "18446744073709551616",
                "9".repeat(1_000),
                "%D9%A1%D9%A2%D9%A3",
                "%EF%BC%91",
                "\u00d9\u00a1",
                ID + ";a=b",
                ID + ".avro.gz",
                "LSST-AP-DS-..%2f1",
                "NaN",
                "null",
                "$(id)",
                "%7B%7B7*7%7D%7D",
                "<script>");
    }

    @ParameterizedTest
    @MethodSource("hostileIds")
    void aHostileIdIsRefusedAsJson(String id) throws IOException {
        for (String kind : new String[] {"alerts", "schemas"}) {
            Answer answer = RawHttp.request(served.port(), "GET", "/v1/" + kind + "/" + id);

            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(new JsonObject(answer.text()).getString("detail")).isNotBlank();
            assertThat(answer.text()).doesNotContain("secret", "Exception", "\tat ", directory.toString());
            assertThat(answer.headers()).doesNotContainKey("x-injected");
        }
    }

    @Test
    void tenThousandDigitsAreRefused() throws IOException {
        Answer answer = RawHttp.request(served.port(), "GET", "/v1/alerts/" + "1".repeat(10_000));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new JsonObject(answer.text()).getString("detail")).contains("longer than 4096 bytes");
    }

    @Test
    void hugeHeadersAreRefused() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send("GET /v1/health HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9_000) + "\r\n\r\n");

            Answer answer = http.answer(false);

            assertThat(answer.status()).isEqualTo(431);
            assertThat(new JsonObject(answer.text()).getString("detail")).contains("longer than 8192 bytes");
            http.untilClosed();
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(RawHttp.text("GET", "/v1/alerts/" + ID)
                    + RawHttp.text("GET", "/v1/health")
                    + RawHttp.text("GET", "/v1/alerts/1")
                    + RawHttp.text("GET", "/v1/alerts/" + ID));

            assertThat(http.answer(false).body()).hasSize(100_000);
            assertThat(http.answer(false).text()).isEqualTo("OK");
            assertThat(http.answer(false).status()).isEqualTo(404);
            assertThat(http.answer(false).body()).hasSize(100_000);
        }
    }

    @Test
    void aConnectionThatSendsTooFastIsSlowedDown() throws IOException {
        int asked = REQUESTS_PER_SECOND + 30;
        try (RawHttp http = new RawHttp(served.port())) {
            long start = System.nanoTime();
            http.send(RawHttp.text("GET", "/v1/health").repeat(asked));
            for (int i = 0; i < asked; i++) {
                assertThat(http.answer(false).status()).isEqualTo(200);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
        }
    }

    @Test
    void connectionsAreBounded() throws IOException {
        List<RawHttp> all = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(new RawHttp(served.port()));
                assertThat(all.get(i).ask("GET", "/v1/health").status()).isEqualTo(200);
            }
            try (RawHttp oneMore = new RawHttp(served.port())) {
                assertThat(oneMore.untilClosed()).isEmpty();
            }
        } finally {
            for (RawHttp http : all) {
                http.close();
            }
        }
    }

    @Test
    void aBodyIsIgnored() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send("GET /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody");
            assertThat(http.answer(false).status()).isEqualTo(200);

            assertThat(http.ask("GET", "/v1/alerts/1").status()).isEqualTo(404);
        }
    }
}
