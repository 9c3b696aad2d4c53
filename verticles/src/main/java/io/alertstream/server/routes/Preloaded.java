package io.alertstream.server.routes;

import io.alertstream.archive.GzipCodec;
import io.alertstream.avro.SchemaDocumentation;
import io.alertstream.server.pages.Assets;
import io.alertstream.server.pages.Templates;
import io.alertstream.server.protocol.StaticContent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What the server reads, compresses and compiles once, before it listens. On a busy machine that takes seconds: the codec
 * tests itself, the bundled schemas are parsed, and the template engine loads its classes.
 *
 * @param assets by name
 */
public record Preloaded(
        Map<String, Asset> assets, Templates templates, StaticContent openApi, SchemaDocumentation documentation) {

    /** A file for pages, ready to be sent. */
    record Asset(String mediaType, String version, StaticContent content) {}

    public Preloaded {
        assets = Map.copyOf(assets);
    }

    /**
     * Loads everything; blocks.
     *
     * @throws IllegalStateException on an event loop
     */
    public static Preloaded load(Vertx vertx) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("expected a worker thread: loading takes seconds");
        }
        GzipCodec.fastest();
        Assets assets = Assets.load();
        Templates templates = new Templates(vertx, assets);
        templates.fill("error", Map.of("status", 404, "detail", ""));
        return new Preloaded(
                assets.all(asset -> new Asset(asset.mediaType(), asset.version(), StaticContent.of(asset.bytes()))),
                templates,
                StaticContent.of(read("/openapi.yaml")),
                SchemaDocumentation.bundled());
    }

    private static byte[] read(String resource) {
        try (InputStream in = Preloaded.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
