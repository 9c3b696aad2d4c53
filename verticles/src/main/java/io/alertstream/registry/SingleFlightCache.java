package io.alertstream.registry;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Values that never change once known: loaded once, however many ask at the same time, and kept. A failure reaches
 * those who asked meanwhile and is forgotten. Safe to use from any thread.
 */
final class SingleFlightCache<K, V> {

    private final Vertx vertx;
    private final Function<K, Future<V>> loader;
    private final ConcurrentMap<K, V> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<K, Future<V>> underWay = new ConcurrentHashMap<>();

    SingleFlightCache(Vertx vertx, Function<K, Future<V>> loader) {
        this.vertx = vertx;
        this.loader = loader;
    }

    /** The value; the Future completes on the caller's context. */
    Future<V> get(K key) {
        V value = known.get(key);
        return value != null ? Future.succeededFuture(value) : onCallersContext(load(key));
    }

    private Future<V> load(K key) {
        Promise<V> mine = Promise.promise();
        Future<V> others = underWay.putIfAbsent(key, mine.future());
        if (others != null) {
            return others;
        }
        V meanwhile = known.get(key);
        Future<V> loaded = meanwhile != null ? Future.succeededFuture(meanwhile) : loader.apply(key);
        loaded.onComplete(answer -> {
            // In this order: whoever finds the flight ended finds the value.
            if (answer.succeeded()) {
                known.put(key, answer.result());
            }
            underWay.remove(key);
            mine.handle(answer);
        });
        return mine.future();
    }

    private Future<V> onCallersContext(Future<V> shared) {
        Context context = vertx.getOrCreateContext();
        Promise<V> own = Promise.promise();
        shared.onComplete(answer -> context.runOnContext(turn -> own.handle(answer)));
        return own.future();
    }
}
