package io.alertstream.settings;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.AllSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an API server that accepts requests but answers them only when the test allows it. */
@Timeout(60)
class SettingsConfigMapOutageTest {

    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<LiveSettings> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

    /** Requests since the test last cleared the queue. */
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger everOpened = new AtomicInteger();
    private volatile boolean answering = true;
    private volatile String interval = "37s";
    private volatile Instant now = Instant.EPOCH;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    everOpened.incrementAndGet();
                    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                    connection.closeHandler(closed -> open.decrementAndGet());
                })
                .requestHandler(request -> {
                    requests.add(request.path());
                    if (answering) {
                        JsonObject data = new JsonObject().put("REPLAY_INTERVAL", interval);
                        request.response()
                                .end(new JsonObject().put("data", data).encode());
                    }
                })
                .listen(0, "127.0.0.1")
                .await(10, SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    @Test
    void anUnresponsiveApiCostsOneConnectionAndOneReport() throws Exception {
        sources().follow(vertx, OFTEN, changes::add, reports::add);
        answering = false;
        requests.clear();

        for (int look = 0; look < 3; look++) {
            assertThat(requests.poll(20, SECONDS)).as("look %d", look).isNotNull();
        }

        // Two while the server hasn't noticed yet that the previous one was closed.
        assertThat(mostOpen).hasValueLessThanOrEqualTo(2);
        assertThat(reports.poll(10, SECONDS)).contains("ConfigMap alerts/settings", "didn't answer within 3 s");
        interval = "10s";
        answering = true;
        assertThat(reports.poll(20, SECONDS)).as("report of the recovery").isEmpty();
        assertThat(changes.poll(20, SECONDS).replayInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(reports).isEmpty();
    }

    @Test
    void anUnresponsiveApiAtStartupIsAnError() {
        answering = false;

        assertThatThrownBy(this::sources)
                .hasCauseInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("CONFIG_MAP")
                .hasMessageContaining("didn't answer within 3 s");
    }

    @Test
    void pollsShareAConnectionWhileTheTokenIsFresh() throws Exception {
        sources().follow(vertx, OFTEN, changes::add, reports::add);
        awaitRequests(5);
        assertThat(everOpened).hasValue(1);

        now = now.plus(SettingsConfigMap.TOKEN_AGE);
        awaitRequests(5);
        assertThat(everOpened).as("connections, one for each token").hasValue(2);
        assertThat(reports).isEmpty();
    }

    private void awaitRequests(int count) throws InterruptedException {
        requests.clear();
        for (int i = 0; i < count; i++) {
            assertThat(requests.poll(20, SECONDS)).isNotNull();
        }
    }

    private SettingsSources sources() throws Exception {
        JsonObject api = new JsonObject()
                .put("host", "127.0.0.1")
                .put("port", server.actualPort())
                .put("ssl", false)
                .put("token", "of a test");
        return SettingsSources.open(
                        AllSettings.CATALOG,
                        Map.of("CONFIG_MAP", "alerts/settings"),
                        (name, mayBeAbsent) ->
                                new SettingsConfigMap(vertx, name, mayBeAbsent, api, LIMIT, new TestClock()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, SECONDS);
    }

    private final class TestClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
