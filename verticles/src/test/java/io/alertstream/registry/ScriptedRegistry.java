package io.alertstream.registry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server with scripted responses, one after the other; the last one repeats. */
final class ScriptedRegistry {

    /** How one request is answered. */
    interface Behaviour {

        void answer(HttpServerRequest request);

        /** A complete response. */
        static Behaviour status(int status, String body) {
            return request -> request.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .end(body);
        }

        static Behaviour schema(String document) {
            return status(200, "{\"schema\":\"" + document.replace("\"", "\\\"") + "\"}");
        }

        static Behaviour error(int status, int code) {
            return status(status, "{\"error_code\":" + code + ",\"message\":\"made up\"}");
        }

        /** Sends less than the announced length, then closes the connection. */
        static Behaviour cutOff() {
            return request -> {
                request.response().putHeader("Content-Length", "1000");
                request.response().write("{\"schema\":\"").onComplete(written -> request.connection()
                        .close());
            };
        }

        /** Closes the connection without a response. */
        static Behaviour hangUp() {
            return request -> request.connection().close();
        }

        /** Never responds. */
        static Behaviour silence() {
            return request -> {};
        }
    }

    private final HttpServer server;
    private final Queue<Behaviour> script = new ConcurrentLinkedQueue<>();
    private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Behaviour always = Behaviour.error(500, 50001);

    ScriptedRegistry(Vertx vertx) {
        this.server = vertx.createHttpServer().requestHandler(request -> {
            requests.add(request);
            Behaviour next = script.poll();
            (next == null ? always : next).answer(request);
        });
    }

    /** Gives each of these responses once, in this order. */
    ScriptedRegistry first(Behaviour... behaviours) {
        script.addAll(List.of(behaviours));
        return this;
    }

    /** Gives this response to every request after those. */
    ScriptedRegistry then(Behaviour behaviour) {
        always = behaviour;
        return this;
    }

    Future<URI> listen(int port) {
        return server.listen(port, "127.0.0.1").map(ready -> URI.create("http://127.0.0.1:" + ready.actualPort()));
    }

    /** The requests received so far. */
    List<HttpServerRequest> requests() {
        return requests;
    }

    Future<Void> close() {
        return server.close();
    }
}
