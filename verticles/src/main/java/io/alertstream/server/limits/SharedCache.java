package io.alertstream.server.limits;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Values by id, bounded in bytes: the one that wasn't asked for longest goes first. Whoever asks for a value that is
 * being loaded shares that load. What isn't there is not remembered: it may come any moment. Used on one event loop.
 *
 * @param <V> values, which never change
 */
public final class SharedCache<V> {

    /**
     * What the cache may hold.
     *
     * @param bytes of values
     * @param loads at a time
     */
    public record Bounds(long bytes, int loads) {}

    /**
     * How values are kept.
     *
     * @param <V> values
     */
    @FunctionalInterface
    public interface Keeping<V> {

        /** What a value takes in memory, as it is kept. */
        long bytes(V value);

        /** What to keep of a value that was loaded: all of it, unless a part serves only those who wait for the load. */
        default V kept(V value) {
            return value;
        }
    }

    private final Bounds bounds;
    private final Keeping<V> keeping;
    private final LongFunction<Future<Optional<V>>> loader;
    private final CacheMeters meters;
    private final Map<Long, V> values = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Long, Future<Optional<V>>> loads = new HashMap<>();

    public SharedCache(
            Bounds bounds, Keeping<V> keeping, LongFunction<Future<Optional<V>>> loader, CacheMeters meters) {
        this.bounds = bounds;
        this.keeping = keeping;
        this.loader = loader;
        this.meters = meters;
    }

    /** The value, empty if there is none; fails as the loader does, or if too many loads are under way. */
    public Future<Optional<V>> get(long id) {
        V value = values.get(id);
        if (value != null) {
            meters.cached.increment();
            return Future.succeededFuture(Optional.of(value));
        }
        Future<Optional<V>> load = loads.get(id);
        if (load != null) {
            meters.shared.increment();
            return load;
        }
        if (loads.size() >= bounds.loads()) {
            return Future.failedFuture(new OverloadedException(bounds.loads() + " objects are being read already"));
        }
        meters.loaded.increment();
        return load(id);
    }

    private Future<Optional<V>> load(long id) {
        Future<Optional<V>> load = loader.apply(id);
        loads.put(id, load);
        return load.onComplete(ended -> {
            loads.remove(id);
            if (ended.succeeded()) {
                ended.result().map(keeping::kept).ifPresent(value -> keep(id, value));
            }
        });
    }

    private void keep(long id, V value) {
        long bytes = keeping.bytes(value);
        if (bytes > bounds.bytes()) {
            return;
        }
        values.put(id, value);
        bytes += meters.bytes.get();
        Iterator<V> oldest = values.values().iterator();
        while (bytes > bounds.bytes()) {
            bytes -= keeping.bytes(oldest.next());
            oldest.remove();
        }
        meters.bytes.set(bytes);
    }
}
