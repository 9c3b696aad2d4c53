package io.alertstream.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Values by key, bounded in bytes; the least recently and frequently used are evicted. Requests for a value that is
 * being loaded share the load. A missing value isn't cached, since it may appear at any moment.
 *
 * @param <K> keys
 * @param <V> values, which never change
 */
public final class SingleFlightCache<K, V> {

    /** A load that failed, as a cancellation: Caffeine logs any other failure with its stack trace. */
    private static final class LoadFailure extends CancellationException {

        private static final long serialVersionUID = 1;

        LoadFailure(Throwable cause) {
            initCause(cause);
        }
    }

    private final Vertx vertx;
    private final Keeping<V> keeping;
    private final Function<K, Future<Optional<V>>> loader;
    private final Lookups lookups;
    private final AsyncCache<K, V> values;

    /**
     * @param maxBytes of cached values, as {@code keeping} counts them; what is being loaded comes on top
     * @param loader called on the caller's thread; must not block
     */
    public SingleFlightCache(
            Vertx vertx, long maxBytes, Keeping<V> keeping, Function<K, Future<Optional<V>>> loader, Lookups lookups) {
        this.vertx = vertx;
        this.keeping = keeping;
        this.loader = loader;
        this.lookups = lookups;
        this.values = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<K, V>weigher((key, value) -> Math.toIntExact(Math.min(Integer.MAX_VALUE, keeping.bytes(value))))
                // Eviction takes microseconds; on another thread the bound would be exceeded for longer.
                .executor(Runnable::run)
                .buildAsync();
    }

    /** The value, empty if there is none; fails as the loader does. */
    public Future<Optional<V>> get(K key) {
        CompletableFuture<V> load = new CompletableFuture<>();
        CompletableFuture<V> present = values.asMap().putIfAbsent(key, load);
        if (present == null) {
            lookups.loaded();
            load(key).onComplete(loaded -> settle(key, load, loaded));
            return onCallersContext(load);
        }
        if (present.isDone() && !present.isCompletedExceptionally()) {
            lookups.cached();
            return Future.succeededFuture(Optional.ofNullable(present.join()));
        }
        lookups.shared();
        return onCallersContext(present);
    }

    /** Bytes of the cached values. */
    public long bytes() {
        return values.synchronous()
                .policy()
                .eviction()
                .orElseThrow()
                .weightedSize()
                .orElseThrow();
    }

    private Future<Optional<V>> load(K key) {
        try {
            return loader.apply(key);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** The cache is updated before the waiters are notified, so that no later request finds a load that has ended. */
    private void settle(K key, CompletableFuture<V> load, AsyncResult<Optional<V>> loaded) {
        V value = loaded.succeeded() ? loaded.result().orElse(null) : null;
        V kept = Optional.ofNullable(value).flatMap(keeping::kept).orElse(null);
        if (kept == null) {
            values.asMap().remove(key, load);
        } else if (kept != value) {
            values.asMap().replace(key, load, CompletableFuture.completedFuture(kept));
        }
        if (loaded.succeeded()) {
            load.complete(value);
        } else {
            load.completeExceptionally(new LoadFailure(loaded.cause()));
        }
    }

    private Future<Optional<V>> onCallersContext(CompletableFuture<V> value) {
        return Future.fromCompletionStage(value, vertx.getOrCreateContext())
                .map(Optional::ofNullable)
                .recover(e -> Future.failedFuture(e instanceof LoadFailure failure ? failure.getCause() : e));
    }
}
