package io.alertstream.audit;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Lets work run side by side until its messages hold a number of bytes. For one context. */
final class BytesInFlight {

    private final long maxBytes;
    private long bytes;
    private Promise<Void> room = Promise.promise();
    private Throwable failure;

    BytesInFlight(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes work in.
     *
     * @param cost bytes that the work holds until its end
     * @return succeeds when there is room for more; fails once some work failed
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

    /** Succeeds when all work is done; fails if some failed. */
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
