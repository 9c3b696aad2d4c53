package io.alertstream.ingester;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreInFront;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Wraps a store, and fails as the test asks. */
final class FaultyStore extends StoreInFront {

    /** What a fault does to a request. */
    enum Fault {
        /** The request is refused. */
        REFUSED,
        /** The request succeeds, and its answer is lost. */
        ANSWER_LOST
    }

    private final AtomicInteger faults = new AtomicInteger();
    private volatile Fault fault = Fault.REFUSED;
    private volatile Remedy remedy = Remedy.RETRY;
    private final AtomicInteger creations = new AtomicInteger();
    private final Promise<Void> reached = Promise.promise();
    private volatile int awaited;
    private volatile Promise<Void> gate;

    FaultyStore(ObjectStore store) {
        super(store);
    }

    /** Makes the given number of following requests fail. */
    void fail(int requests, Fault how, Remedy with) {
        fault = how;
        remedy = with;
        faults.set(requests);
    }

    int faultsLeft() {
        return faults.get();
    }

    /** Completes after this many requests to create an object. */
    Future<Void> created(int objects) {
        awaited = objects;
        if (creations.get() >= objects) {
            reached.tryComplete();
        }
        return reached.future();
    }

    /** The number of requests to create an object. */
    int creations() {
        return creations.get();
    }

    void mend() {
        faults.set(0);
    }

    /** Holds back requests until the promise completes. */
    Promise<Void> close(Promise<Void> until) {
        gate = until;
        return until;
    }

    @Override
    public Future<Creation> create(String name, byte[] content, String contentType, Map<String, String> metadata) {
        if (creations.incrementAndGet() == awaited) {
            reached.tryComplete();
        }
        Promise<Void> closed = gate;
        Future<Void> open = closed == null ? Future.succeededFuture() : closed.future();
        return open.compose(now -> {
            if (faults.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                return store.create(name, content, contentType, metadata);
            }
            Future<?> done = fault == Fault.ANSWER_LOST
                    ? store.create(name, content, contentType, metadata)
                    : Future.succeededFuture();
            return done.compose(
                    ignored -> Future.failedFuture(new StoreException(remedy, "fault in front of " + name, null)));
        });
    }

    @Override
    public Future<Void> check() {
        return faults.get() == 0
                ? store.check()
                : Future.failedFuture(new StoreException(remedy, "the store has a fault", null));
    }
}
