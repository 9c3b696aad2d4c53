package io.alertstream.server.protocol;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Registers paths for GET and HEAD, or for POST, and answers other methods with 405. */
public final class Endpoint {

    private static final CharSequence READ = HttpHeaders.createOptimized("GET, HEAD");

    private Endpoint() {}

    /** Adds a path that accepts POST only. */
    public static void addPost(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).handler(context -> {
            RequestMeters.name(context, path);
            if (context.request().method().equals(HttpMethod.POST)) {
                handler.handle(context);
            } else {
                context.response().putHeader(HttpHeaders.ALLOW, "POST");
                Answers.error(context.request(), 405, "expected POST");
            }
        });
    }

    /**
     * Adds a path that accepts GET and HEAD only.
     *
     * @param path as the router writes it, such as {@code /v1/alerts/:id}
     */
    public static void add(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).handler(context -> {
            RequestMeters.name(context, path);
            HttpMethod method = context.request().method();
            if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
                handler.handle(context);
            } else {
                context.response().putHeader(HttpHeaders.ALLOW, READ);
                Answers.error(context.request(), 405, "expected GET or HEAD");
            }
        });
    }
}
