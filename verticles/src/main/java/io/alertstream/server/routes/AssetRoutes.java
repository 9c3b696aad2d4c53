package io.alertstream.server.routes;

import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.routes.Preloaded.Asset;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The files that pages need, from memory. Other names are not found. */
final class AssetRoutes implements RouteGroup {

    private final Map<String, Asset> assets;

    AssetRoutes(Map<String, Asset> assets) {
        this.assets = assets;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/assets/:name", context -> {
            Asset asset = assets.get(context.pathParam("name"));
            if (asset == null) {
                Answers.error(context.request(), 404, "no such file");
            } else {
                send(context, asset);
            }
        });
    }

    private static void send(RoutingContext context, Asset asset) {
        // During a rolling update a page of one release may ask the other release for its files: don't cache a
        // mismatch.
        boolean matches = asset.version().equals(context.request().getParam("v"));
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, matches ? Answers.IMMUTABLE : "no-cache");
        asset.content().sendTo(context.request(), asset.mediaType());
    }
}
