package io.alertstream.storage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A blocking store behind a bounded pool of threads; calls run in parallel and in no order. */
final class PooledStore implements ObjectStore {

    private final BlockingStore store;
    private final WorkerExecutor pool;

    /**
     * @param pool name of the pool: stores that give the same name share its threads
     * @param threads how many calls run at a time
     */
    PooledStore(Vertx vertx, BlockingStore store, String pool, int threads) {
        this.store = store;
        this.pool = vertx.createSharedWorkerExecutor(pool, threads);
    }

    @Override
    public Future<Creation> create(String name, byte[] content, String contentType, Map<String, String> metadata) {
        return run(() -> store.create(ObjectName.checked(name), content, contentType, metadata));
    }

    @Override
    public Future<Optional<byte[]>> read(String name) {
        return run(() -> store.read(ObjectName.checked(name)));
    }

    @Override
    public Future<Void> check() {
        return run(() -> {
            store.check();
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        return this.<Void>run(() -> {
                    store.close();
                    return null;
                })
                .eventually(pool::close);
    }

    private <T> Future<T> run(Callable<T> call) {
        return pool.executeBlocking(call, false);
    }
}
