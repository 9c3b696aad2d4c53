package io.alertstream.server.routes;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets pages of other sites read the public interface: Fetch standard, "CORS protocol". No response depends on the
 * requester.
 */
final class Cors {

    private static final String DAY = "86400";
    private static final CharSequence EXPOSED = HttpHeaders.createOptimized(
            "ETag, Link, Content-Disposition, Retry-After, " + OmittedAlerts.announcement());

    private Cors() {}

    /** Adds the headers; call it before routes are added. */
    static void addTo(Router router) {
        router.route("/v1/*").handler(Cors::allow);
        router.route("/openapi.yaml").handler(Cors::allow);
    }

    private static void allow(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        boolean preflight = request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (preflight) {
            context.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Accept, Content-Type, If-None-Match")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY)
                    .end();
        } else {
            context.next();
        }
    }
}
