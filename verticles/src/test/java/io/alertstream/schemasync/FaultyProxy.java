package io.alertstream.schemasync;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Stands before a registry, writes down what passes, and fails where a test wants it to. */
final class FaultyProxy {

    private final HttpClient client;
    private final HttpServer server;
    private final URI registry;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> refused = request -> false;
    private volatile int status = 500;
    private volatile Predicate<String> doneButRefused = request -> false;
    private volatile Predicate<String> refusedBodies = body -> false;

    FaultyProxy(Vertx vertx, URI registry) {
        this.registry = registry;
        this.client = vertx.createHttpClient();
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    Future<URI> listen() {
        return server.listen(0, "127.0.0.1").map(ready -> URI.create("http://127.0.0.1:" + ready.actualPort()));
    }

    /** Requests such as {@code PUT /mode/s} that never reach the registry, and fail. */
    void refuse(Predicate<String> requests) {
        refused = requests;
    }

    /** Requests that never reach the registry, and are answered with a bare status. */
    void answer(Predicate<String> requests, int withStatus) {
        refused = requests;
        status = withStatus;
    }

    /** Requests with bodies that the registry says it doesn't understand. */
    void refuseBodies(Predicate<String> bodies) {
        refusedBodies = bodies;
    }

    /** Requests that the registry fulfils, and of which the client hears a failure all the same. */
    void doButRefuse(Predicate<String> requests) {
        doneButRefused = requests;
    }

    /** What came, such as {@code PUT /mode/s}. */
    List<String> requests() {
        return requests;
    }

    private void handle(HttpServerRequest request) {
        String line = request.method() + " " + request.uri();
        requests.add(line);
        if (refused.test(line)) {
            if (status == 500) {
                fail(request);
            } else {
                request.response().setStatusCode(status).end();
            }
            return;
        }
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(registry.getHost())
                .setPort(registry.getPort())
                .setURI(request.uri());
        if (request.getHeader("Content-Type") != null) {
            options.putHeader("Content-Type", request.getHeader("Content-Type"));
        }
        request.body()
                .onSuccess(body -> {
                    if (refusedBodies.test(body.toString())) {
                        request.response()
                                .setStatusCode(422)
                                .end("{\"error_code\":42201,\"message\":\"made to refuse\"}");
                    } else {
                        forward(request, line, options, body);
                    }
                })
                .onFailure(cause -> fail(request));
    }

    private void forward(HttpServerRequest request, String line, RequestOptions options, Buffer sent) {
        client.request(options)
                .compose(forward -> forward.send(sent))
                .compose(answer -> answer.body().onSuccess(body -> {
                    if (doneButRefused.test(line)) {
                        fail(request);
                    } else {
                        request.response().setStatusCode(answer.statusCode()).end(body);
                    }
                }))
                .onFailure(cause -> fail(request));
    }

    private static void fail(HttpServerRequest request) {
        request.response().setStatusCode(500).end("{\"error_code\":50001,\"message\":\"made to fail\"}");
    }
}
