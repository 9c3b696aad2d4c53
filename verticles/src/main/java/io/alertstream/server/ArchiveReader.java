package io.alertstream.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.StoredAlert;
import io.alertstream.storage.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The archive as the server reads it: what was read lately is kept, and a store that stumbles is asked again. Used on
 * one event loop.
 */
final class ArchiveReader {

    /** Behind this a client has given up, and the store hangs. */
    private static final long FETCH_SECONDS = 30;

    private final AlertArchive archive;
    private final Retry retry;
    private final SharedCache<Alert> alerts;
    private final SharedCache<Content> schemas;

    /**
     * An alert as it is stored.
     *
     * @param plainTag tag of the packet; the gzipped bytes have another
     */
    record Alert(Buffer stored, boolean gzipped, EntityTag plainTag) {

        static Alert of(StoredAlert alert) {
            return new Alert(Buffer.buffer(alert.content()), alert.gzipped(), EntityTag.of(alert.content()));
        }
    }

    ArchiveReader(Vertx vertx, AlertArchive archive, Limits limits, MeterRegistry meters) {
        this.archive = archive;
        this.retry = Retry.briefly(vertx);
        this.alerts = new SharedCache<>(
                new SharedCache.Bounds(limits.alertCacheBytes(), limits.fetches()),
                alert -> alert.stored().length(),
                id -> fetch(() -> archive.alert(id)).map(found -> found.map(Alert::of)),
                new CacheMeters(meters, "alert"));
        this.schemas = new SharedCache<>(
                new SharedCache.Bounds(limits.schemaCacheBytes(), limits.fetches()),
                schema -> schema.bytes().length(),
                id -> fetch(() -> archive.schema(Math.toIntExact(id)))
                        .map(found -> found.map(document -> Content.of(document.getBytes(UTF_8)))),
                new CacheMeters(meters, "schema"));
    }

    /** The alert of that id, empty if there is none; fails if the store can't be read. */
    Future<Optional<Alert>> alert(long id) {
        return alerts.get(id);
    }

    /** The packet in wire format; fails if what is stored is damaged. */
    Future<Buffer> packet(Alert alert) {
        return alert.gzipped()
                ? archive.unpack(new StoredAlert(alert.stored().getBytes(), true))
                        .map(Buffer::buffer)
                : Future.succeededFuture(alert.stored());
    }

    /** The document of that schema, empty if there is none; fails if the store can't be read. */
    Future<Optional<Content>> schema(int id) {
        return schemas.get(id);
    }

    private <T> Future<T> fetch(Supplier<Future<T>> read) {
        return retry.call(read).timeout(FETCH_SECONDS, TimeUnit.SECONDS);
    }
}
