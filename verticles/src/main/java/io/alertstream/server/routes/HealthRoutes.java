package io.alertstream.server.routes;

import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.Endpoint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;

/** Reports that the server responds, even if its store doesn't. */
final class HealthRoutes implements RouteGroup {

    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");
    private static final Buffer OK = Buffer.buffer("OK");

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/v1/health", context -> {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            Answers.body(context.request(), TEXT, OK);
        });
    }
}
