package io.alertstream.ops;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.RawHttp;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class OpsServerTest {

    private final Readiness readiness = new Readiness();
    private final Liveness watched = new Liveness();
    private final PrometheusMeterRegistry meters = Metrics.create();
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void listen(Vertx vertx) throws Exception {
        port = new OpsServer(vertx, readiness, watched, meters)
                .listen("127.0.0.1", 0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, SECONDS);
    }

    @Test
    void aProcessWithoutChecksIsReady() throws Exception {
        assertThat(get("/ready").statusCode()).isEqualTo(200);
    }

    /** After an upgrade, Java's own client sometimes never received the end of a response. */
    @Test
    void staysWithHttp1ForAClientThatOffersHttp2() throws Exception {
        assertThat(get("/metrics").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void failingChecksAreNamed() throws Exception {
        readiness.require("server.store", Future::succeededFuture);
        readiness.require("ingester.registry", () -> Future.failedFuture("connection refused"));
        readiness.require("ingester.broken", () -> {
            throw new IllegalStateException("broken check");
        });
        readiness.require("ingester.slow", () -> Promise.<Void>promise().future());

        HttpResponse<String> answer = get("/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        JsonObject checks = new JsonObject(answer.body()).getJsonObject("checks");
        assertThat(checks.getString("server.store")).isEqualTo("ok");
        assertThat(checks.getString("ingester.registry")).isEqualTo("connection refused");
        assertThat(checks.getString("ingester.broken")).isEqualTo("broken check");
        assertThat(checks.getString("ingester.slow")).contains("Timeout");

        readiness.release("ingester.registry");
        readiness.release("ingester.broken");
        readiness.release("ingester.slow");
        assertThat(get("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aStuckEventLoopIsNotLive(Vertx vertx) throws Exception {
        assertThat(get("/live").statusCode()).isEqualTo(200);

        CountDownLatch stuck = new CountDownLatch(1);
        try {
            vertx.getOrCreateContext().runOnContext(v -> awaitUnchecked(stuck));
            assertThat(liveness())
                    .as("503, or no answer if the server's own loop is stuck")
                    .isNotEqualTo(200);
        } finally {
            stuck.countDown();
        }
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aStoppedComponentIsNotLive() throws Exception {
        watched.watch("ingester.polls", () -> Optional.of("no poll ends"));
        HttpResponse<String> answer = get("/live");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(answer.body()).getString("detail")).isEqualTo("no poll ends");

        watched.release("ingester.polls");
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        meters.counter("alertstream.test.alerts").increment(3);

        assertThat(get("/metrics").body())
                .contains("alertstream_test_alerts_total 3.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void otherRequestsAreRefused() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post =
                request("/ready").POST(HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /live HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n', 400",
        "'GET /live HTTP/1.1\\r\\n\\r\\n', 400",
        "'GET /live HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: x\\r\\n\\r\\n', 501",
        "'GET /%zz HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n', 404",
        "'GET * HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n', 400",
        "'OPTIONS * HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n', 405",
        "'POST /live HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n-1\\r\\n', 405",
        "'nonsense\\r\\n\\r\\n', 400",
    })
    void malformedRequestsAreRefusedWithAReason(String text, int status) throws Exception {
        try (RawHttp raw = new RawHttp(port)) {
            raw.send(text.replace("\\r\\n", "\r\n"));

            RawHttp.Answer answer = raw.answer(false);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(new JsonObject(answer.text()).getString("detail")).isNotBlank();
        }
    }

    private int liveness() throws Exception {
        try {
            return get("/live").statusCode();
        } catch (HttpTimeoutException e) {
            return -1;
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(3));
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
