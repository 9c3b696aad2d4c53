package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.limits.Limits;
import io.alertstream.server.routes.EventStream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Event listeners: too many, slow, disconnecting, and connected when the server stops. */
@Timeout(60)
class EventStreamIT {

    private static final int LISTENERS = 2;
    private static final String KEEP_ALIVE = "still here";

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    private ServedArchive serve(Duration quiet) {
        return new ServedArchive(
                directory, new Limits(20, 100, quiet, 10, 8 << 20, 8 << 20, 1 << 20, 1 << 20, LISTENERS));
    }

    private HttpResponse<InputStream> listen(int port) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events"))
                        .build(),
                BodyHandlers.ofInputStream());
    }

    /** The next event's data; empty at the end. */
    private static String event(BufferedReader from) throws IOException {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        return "";
    }

    private static BufferedReader reader(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), US_ASCII));
    }

    @Test
    void theStateIsSentEverySecondPastTheIdleTimeout() throws Exception {
        try (ServedArchive served = serve(Duration.ofSeconds(3))) {
            HttpResponse<InputStream> answer = listen(served.port());
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            try (BufferedReader events = reader(answer)) {
                long before = 0;
                for (int i = 0; i < 5; i++) {
                    long time = new JsonObject(event(events)).getLong("time");
                    assertThat(time).isGreaterThan(before);
                    before = time;
                }
            }
        }
    }

    @Test
    void listenersAreBoundedAndALeavingOneFreesItsSlot() throws Exception {
        try (ServedArchive served = serve(Duration.ofMinutes(1))) {
            HttpResponse<InputStream> first = listen(served.port());
            HttpResponse<InputStream> second = listen(served.port());
            HttpResponse<InputStream> third = listen(served.port());

            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(RawHttp.request(served.port(), "GET", "/v1/health").status())
                    .isEqualTo(200);

            first.body().close();
            int status = 503;
            while (status == 503) {
                HttpResponse<InputStream> again = listen(served.port());
                status = again.statusCode();
                again.body().close();
            }
            assertThat(status).isEqualTo(200);
            second.body().close();
        }
    }

    @Test
    void aStopEndsTheStream() throws Exception {
        try (ServedArchive served = serve(Duration.ofMinutes(1));
                BufferedReader events = reader(listen(served.port()))) {
            assertThat(event(events)).isNotEmpty();

            served.vertx.deploymentIDs().forEach(id -> await(served.vertx.undeploy(id)));

            while (!event(events).isEmpty()) {
                // Events already in flight.
            }
        }
    }

    @Test
    void headEndsAtOnce() throws Exception {
        try (ServedArchive served = serve(Duration.ofMinutes(1))) {
            assertThat(RawHttp.request(served.port(), "HEAD", "/v1/events").status())
                    .isEqualTo(200);
            assertThat(RawHttp.request(served.port(), "POST", "/v1/events").status())
                    .isEqualTo(405);
        }
    }

    @Test
    void aListenerThatDoesNotReadIsDroppedWithoutDelayingOthers() throws Exception {
        EventStream stream = new EventStream();
        Vertx vertx = Vertx.vertx();
        Context context = vertx.getOrCreateContext();
        Router router = Router.router(vertx);
        router.route("/v1/events").handler(request -> stream.add(request, () -> {}));
        HttpServerOptions options =
                new HttpServerOptions().setWriteIdleTimeout(1).setIdleTimeoutUnit(TimeUnit.SECONDS);
        HttpServer server = await(on(
                context,
                () -> vertx.createHttpServer(options).requestHandler(router).listen(0, "127.0.0.1")));
        String large = "x".repeat(1 << 20);
        // The silent client connects last: its connection is closed unless it sends a request within a second.
        try (BufferedReader events = reader(listen(server.actualPort()));
                RawHttp silent = new RawHttp(server.actualPort())) {
            silent.send(RawHttp.text("GET", "/v1/events"));
            // Keep-alives prevent the first listener from being dropped before the second request arrives.
            while (!await(on(context, () -> {
                stream.send(KEEP_ALIVE);
                return Future.succeededFuture(stream.size() == LISTENERS);
            }))) {}

            long sent = 0;
            while (await(on(context, () -> {
                stream.send(large);
                return Future.succeededFuture(stream.size() == LISTENERS);
            }))) {
                assertThat(eventAfterKeepAlives(events)).hasSize(large.length());
                sent += large.length();
            }
            assertThat((long) silent.untilClosed().length).isLessThan(sent);
        } finally {
            await(vertx.close());
        }
    }

    private static String eventAfterKeepAlives(BufferedReader events) throws IOException {
        String event = event(events);
        while (event.equals(KEEP_ALIVE)) {
            event = event(events);
        }
        return event;
    }

    private static <T> Future<T> on(Context context, Callable<Future<T>> work) {
        return Future.future(promise -> context.runOnContext(now -> {
            try {
                work.call().onComplete(promise);
            } catch (Exception e) {
                promise.fail(e);
            }
        }));
    }
}
