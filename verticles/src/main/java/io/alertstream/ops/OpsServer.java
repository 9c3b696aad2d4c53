package io.alertstream.ops;

import io.alertstream.http.SyntaxGate;
import io.alertstream.http.SyntaxGate.Refusal;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The ops port: {@code /live} is 200 while no event loop is blocked and no {@link Liveness} check fails, {@code
 * /ready} is 200 while all {@link Readiness} checks succeed, and lists them, {@code /metrics} is in Prometheus' text
 * format.
 */
public final class OpsServer {

    /** Kubernetes' default probe timeout is one second. */
    private static final long CHECK_MILLIS = 900;

    private static final Refusal REFUSAL = new Refusal() {
        @Override
        public String mediaType() {
            return "application/json";
        }

        @Override
        public String body(int status, String detail) {
            return detail(detail).encodePrettily() + "\n";
        }
    };

    private final Vertx vertx;
    private final Readiness readiness;
    private final Liveness liveness;
    private final PrometheusMeterRegistry meters;
    private HttpServer server;

    public OpsServer(Vertx vertx, Readiness readiness, Liveness liveness, PrometheusMeterRegistry meters) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.liveness = liveness;
        this.meters = meters;
    }

    /**
     * Listens.
     *
     * @param port 0 picks a free one
     * @return the port; fails if it is in use
     */
    public Future<Integer> listen(String host, int port) {
        // After an upgrade to HTTP/2, Java's HTTP client sometimes never receives the end of a response.
        HttpServerOptions options = new HttpServerOptions().setIdleTimeout(60).setHttp2ClearTextEnabled(false);
        server = vertx.createHttpServer(options);
        return server.connectionHandler(connection -> SyntaxGate.install(connection, options, REFUSAL))
                .requestHandler(this::answer)
                .listen(port, host)
                .map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private void answer(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader("Allow", "GET, HEAD");
            end(request, 405, detail("method not allowed"));
            return;
        }
        // A request for * has no path; some clients send it with GET.
        switch (String.valueOf(request.path())) {
            case "/live" -> live(request);
            case "/ready" -> ready(request);
            case "/metrics" -> metrics(request);
            default -> end(request, 404, detail("not found; there are /live, /ready and /metrics"));
        }
    }

    private void live(HttpServerRequest request) {
        List<Future<?>> turns = new ArrayList<>();
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            Promise<Void> turn = Promise.promise();
            loop.execute(turn::complete);
            turns.add(turn.future());
        }
        Future.all(turns)
                .timeout(CHECK_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(
                        all -> liveness.trouble()
                                .ifPresentOrElse(
                                        trouble -> notLive(request, trouble),
                                        () -> end(request, 200, new JsonObject().put("live", true))),
                        stuck -> notLive(request, "an event loop is stuck"));
    }

    private static void notLive(HttpServerRequest request, String detail) {
        end(request, 503, new JsonObject().put("live", false).put("detail", detail));
    }

    private void ready(HttpServerRequest request) {
        // Checks complete on threads of their own.
        Map<String, Object> states = new ConcurrentSkipListMap<>();
        List<Future<?>> checks = new ArrayList<>();
        readiness
                .checks()
                .forEach((name, check) -> checks.add(state(check).onSuccess(state -> states.put(name, state))));
        Future.join(checks).onComplete(all -> {
            boolean ready = states.values().stream().allMatch("ok"::equals);
            end(request, ready ? 200 : 503, new JsonObject().put("ready", ready).put("checks", new JsonObject(states)));
        });
    }

    private static Future<String> state(Supplier<Future<Void>> check) {
        return Future.<Void>succeededFuture()
                .compose(start -> check.get())
                .timeout(CHECK_MILLIS, TimeUnit.MILLISECONDS)
                .map("ok")
                .recover(e -> Future.succeededFuture(e.getMessage() == null ? e.toString() : e.getMessage()));
    }

    private void metrics(HttpServerRequest request) {
        String type = "text/plain; version=0.0.4; charset=utf-8";
        vertx.executeBlocking(() -> meters.scrape(type), false)
                .onComplete(
                        text -> request.response()
                                .putHeader("Content-Type", type)
                                .end(text),
                        failure ->
                                end(request, 500, detail("the metrics can't be collected: " + failure.getMessage())));
    }

    private static JsonObject detail(String text) {
        return new JsonObject().put("detail", text);
    }

    private static void end(HttpServerRequest request, int status, JsonObject body) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body.encodePrettily() + "\n");
        }
    }
}
