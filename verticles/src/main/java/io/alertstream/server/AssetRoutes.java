package io.alertstream.server;

import io.alertstream.server.pages.Assets;
import io.alertstream.server.pages.Assets.Asset;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The files that pages need, from memory: a name that isn't on the list is nowhere looked for. */
final class AssetRoutes implements Routes {

    private final Assets assets;

    AssetRoutes(Assets assets) {
        this.assets = assets;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/assets/:name", context -> assets.named(context.pathParam("name"))
                .ifPresentOrElse(
                        asset -> send(context, asset), () -> Answers.error(context.request(), 404, "no such file")));
    }

    private static void send(RoutingContext context, Asset asset) {
        // While a release replaces another, a page of the one may ask the other: what isn't meant mustn't be kept.
        boolean meant = asset.version().equals(context.request().getParam("v"));
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, meant ? Answers.IMMUTABLE : "no-cache");
        Content.of(asset.bytes()).sendTo(context.request(), asset.mediaType());
    }
}
