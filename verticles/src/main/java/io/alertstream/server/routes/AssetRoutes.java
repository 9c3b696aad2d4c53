package io.alertstream.server.routes;

import io.alertstream.server.pages.Assets;
import io.alertstream.server.pages.Assets.Asset;
import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.protocol.StaticContent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The files that pages need, from memory: a name that isn't on the list is nowhere looked for. */
final class AssetRoutes implements RouteGroup {

    private final Assets assets;
    private final Map<String, StaticContent> contents = new ConcurrentHashMap<>();

    AssetRoutes(Assets assets) {
        this.assets = assets;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/assets/:name", context -> assets.named(context.pathParam("name"))
                .ifPresentOrElse(
                        asset -> send(context, context.pathParam("name"), asset),
                        () -> Answers.error(context.request(), 404, "no such file")));
    }

    private void send(RoutingContext context, String name, Asset asset) {
        // While a release replaces another, a page of the one may ask the other: what isn't meant mustn't be kept.
        boolean meant = asset.version().equals(context.request().getParam("v"));
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, meant ? Answers.IMMUTABLE : "no-cache");
        contents.computeIfAbsent(name, any -> StaticContent.of(asset.bytes()))
                .sendTo(context.request(), asset.mediaType());
    }
}
