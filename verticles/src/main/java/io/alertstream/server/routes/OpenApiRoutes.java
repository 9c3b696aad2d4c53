package io.alertstream.server.routes;

import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.protocol.StaticContent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of this interface. */
final class OpenApiRoutes implements RouteGroup {

    private static final CharSequence YAML = HttpHeaders.createOptimized("application/yaml");

    private final StaticContent document = StaticContent.of(read("/openapi.yaml"));

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/openapi.yaml", context -> {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            document.sendTo(context.request(), YAML);
        });
    }

    private static byte[] read(String resource) {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
