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

/** A proxy for a registry that records requests and fails those that a test chooses. */
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

    /** Fails requests such as {@code PUT /mode/s} without passing them on. */
    void refuse(Predicate<String> requests) {
        refused = requests;
    }

    /** Answers requests with a bare status without passing them on. */
    void answer(Predicate<String> requests, int withStatus) {
        refused = requests;
        status = withStatus;
    }

    /** Refuses requests with these bodies, as a registry that doesn't understand them does. */
    void refuseBodies(Predicate<String> bodies) {
        refusedBodies = bodies;
    }

    /** Passes requests on to the registry, but reports a failure to the client. */
    void doButRefuse(Predicate<String> requests) {
        doneButRefused = requests;
    }

    /** The requests received, such as {@code PUT /mode/s}. */
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
