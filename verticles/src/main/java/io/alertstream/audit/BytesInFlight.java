package io.alertstream.audit;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Limits the bytes held by work that runs concurrently. For one context. */
final class BytesInFlight {

    private final long maxBytes;
    private long bytes;
    private Promise<Void> room = Promise.promise();
    private Throwable failure;

    BytesInFlight(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Adds work that has started.
     *
     * @param cost bytes that the work holds until it ends
     * @return succeeds when there is room for more work; fails once any work has failed
     */
    Future<Void> add(long cost, Future<?> work) {
        bytes += cost;
        work.onComplete(done -> {
            bytes -= cost;
            if (done.failed() && failure == null) {
                failure = done.cause();
            }
            Promise<Void> waiting = room;
            room = Promise.promise();
            waiting.complete();
        });
        return until(maxBytes);
    }

    /** Succeeds when all work is done; fails if any of it failed. */
    Future<Void> end() {
        return until(1);
    }

    private Future<Void> until(long limit) {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        return bytes < limit ? Future.succeededFuture() : room.future().compose(now -> until(limit));
    }
}
