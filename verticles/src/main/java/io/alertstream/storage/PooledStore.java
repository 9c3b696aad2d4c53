package io.alertstream.storage;

import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A blocking store behind a bounded pool of threads; calls run in parallel and in no order. Checks have threads of
 * their own, so that a hanging store is detected even when its calls fill the pool.
 */
public final class PooledStore implements ObjectStore {

    /** More than the stores that share a pool name in one process; each needs at most one. */
    private static final int CHECK_THREADS = 8;

    /** Less than the ops port's limit for a check, so that the answer names the store. */
    private static final Duration CHECK_LIMIT = Duration.ofMillis(800);

    /** Less than roles take to stop, so that the store is closed in order even if a call hangs. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

    private final Vertx vertx;
    private final BlockingStore store;
    private final WorkerExecutor pool;
    private final WorkerExecutor checks;
    private final Duration checkLimit;
    private final Duration closeLimit;
    private final RunningCalls calls;
    private Future<Void> checking = Future.succeededFuture();

    /**
     * Puts a store behind the pool of its kind. Readers and writers have separate threads, so that neither waits for
     * the other.
     *
     * @param kind of the store, in the names of its threads
     */
    public static ObjectStore open(Vertx vertx, BlockingStore store, Access access, String kind, int threads) {
        String pool = access == Access.READ_WRITE ? "store-write-" : "store-read-";
        return new PooledStore(vertx, store, pool + kind, threads, CHECK_LIMIT, CLOSE_LIMIT);
    }

    /**
     * @param pool name of the pool: stores with the same name share its threads
     * @param threads number of concurrent calls
     * @param checkLimit how long a check may take before the store counts as unusable
     * @param closeLimit how long calls may take to finish when the store is closed
     */
    public PooledStore(
            Vertx vertx, BlockingStore store, String pool, int threads, Duration checkLimit, Duration closeLimit) {
        this.vertx = vertx;
        this.store = store;
        this.pool = vertx.createSharedWorkerExecutor(pool, threads);
        this.checks = vertx.createSharedWorkerExecutor(pool + "-check", CHECK_THREADS);
        this.checkLimit = checkLimit;
        this.closeLimit = closeLimit;
        this.calls = new RunningCalls(
                () -> new StoreException(Remedy.RETRY, store + ": it is closed, this process is stopping", null));
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
    public Future<Optional<byte[]>> read(String name, long from, int length) {
        return run(() -> {
            if (from < 0 || length < 1 || length > MAX_OBJECT_BYTES) {
                throw new IllegalArgumentException(
                        "from at least 0, and 1 to " + MAX_OBJECT_BYTES + " bytes, not " + length + " from " + from);
            }
            return store.read(ObjectName.checked(name), from, length);
        });
    }

    @Override
    public Future<Optional<ObjectStream>> stream(String name) {
        Context context = vertx.getOrCreateContext();
        Executor handlers = handler -> context.runOnContext(now -> handler.run());
        return info(name).map(found -> found.map(info -> new ObjectPieces(store, info))
                .map(pieces -> new ObjectStream(handlers, pieces.size(), () -> run(pieces::next))));
    }

    @Override
    public Future<Optional<ObjectInfo>> info(String name) {
        return run(() -> store.info(ObjectName.checked(name)));
    }

    @Override
    public Future<Optional<Integer>> checksum(String name) {
        return run(() -> store.info(ObjectName.checked(name))
                .map(info -> info.crc32c().orElseGet(() -> calculated(new ObjectPieces(store, info)))));
    }

    private static int calculated(ObjectPieces pieces) {
        while (pieces.next().isPresent()) {
            // Each is added to the checksum when it is read.
        }
        return pieces.crc32c();
    }

    @Override
    public Future<ObjectPage> list(String prefix, String after) {
        return run(() -> {
            PageCheck check = new PageCheck(store, ObjectName.checkedPrefix(prefix));
            ObjectPage page = check.checked(after, store.list(prefix, after));
            return new ObjectPage(
                    page.objects().stream()
                            .filter(object -> ObjectName.isValid(object.name()))
                            .toList(),
                    page.next());
        });
    }

    @Override
    public Future<Void> verify() {
        return underWay();
    }

    @Override
    public Future<Void> check() {
        return underWay()
                .timeout(checkLimit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(
                        failure -> Future.failedFuture(failure instanceof TimeoutException ? hangs(failure) : failure));
    }

    /** A caller that arrives while a check is running shares its result, so that hanging checks don't pile up. */
    private synchronized Future<Void> underWay() {
        if (checking.isComplete()) {
            checking = run(checks, () -> {
                store.check();
                return null;
            });
        }
        return checking;
    }

    private StoreException hangs(Throwable timeout) {
        return new StoreException(
                Remedy.RETRY,
                store + ": no answer within " + checkLimit.toMillis() + "ms: it hangs or is overloaded",
                timeout);
    }

    /**
     * Lets the calls that run finish, for a limited time: closing the store under them would fail writes that a moment
     * later would have succeeded.
     */
    @Override
    public Future<Void> close() {
        return calls.close(closeLimit)
                // Not on the store's threads: all of them may hang.
                .compose(ended -> vertx.<Void>executeBlocking(
                        () -> {
                            calls.abandon();
                            store.close();
                            return null;
                        },
                        false))
                .eventually(pool::close)
                .eventually(checks::close);
    }

    private <T> Future<T> run(Callable<T> call) {
        return run(pool, call);
    }

    private <T> Future<T> run(WorkerExecutor threads, Callable<T> call) {
        return calls.run(vertx.getOrCreateContext(), () -> threads.executeBlocking(call, false));
    }
}
