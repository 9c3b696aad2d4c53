package io.alertstream.ingester;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreInFront;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that fails as a test wants, in front of one that doesn't. */
final class FaultyStore extends StoreInFront {

    /** What a fault does to a request. */
    enum Fault {
        /** It is refused. */
        REFUSED,
        /** It is done, and its answer is lost. */
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

    /** Lets the next requests fail, this many of them. */
    void fail(int requests, Fault how, Remedy with) {
        fault = how;
        remedy = with;
        faults.set(requests);
    }

    int faultsLeft() {
        return faults.get();
    }

    /** Completes when this many objects were requested to be created. */
    Future<Void> created(int objects) {
        awaited = objects;
        if (creations.get() >= objects) {
            reached.tryComplete();
        }
        return reached.future();
    }

    /** How often an object was to be created. */
    int creations() {
        return creations.get();
    }

    void mend() {
        faults.set(0);
    }

    /** Requests wait until the gate opens. */
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
