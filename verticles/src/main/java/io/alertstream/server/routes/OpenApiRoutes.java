package io.alertstream.server.routes;

import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.protocol.StaticContent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;

/** The description of this interface. */
final class OpenApiRoutes implements RouteGroup {

    private static final CharSequence YAML = HttpHeaders.createOptimized("application/yaml");

    private final StaticContent document;

    OpenApiRoutes(StaticContent document) {
        this.document = document;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/openapi.yaml", context -> {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            document.sendTo(context.request(), YAML);
        });
    }
}
