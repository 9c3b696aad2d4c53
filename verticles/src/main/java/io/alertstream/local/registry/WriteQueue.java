package io.alertstream.local.registry;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * One write after the other: what a write decides holds until its records are in the topic. Belongs to one context.
 */
final class WriteQueue {

    private static final int MAX_WAITING = 200;

    private final TopicLog log;
    private Future<?> last = Future.succeededFuture();
    private int waiting;

    WriteQueue(TopicLog log) {
        this.log = log;
    }

    /**
     * Runs a write when those before it are done and the state is complete.
     *
     * @return the write's outcome; fails with an {@link ApiError} at once if too many wait
     */
    <T> Future<T> run(Supplier<Future<T>> write) {
        if (waiting == MAX_WAITING) {
            return Future.failedFuture(ApiError.busy());
        }
        waiting++;
        Future<T> turn = last.transform(
                        before -> log.catchUp().recover(cause -> Future.failedFuture(ApiError.storeFailed(cause))))
                .compose(complete -> write.get())
                .onComplete(done -> waiting--);
        last = turn;
        return turn;
    }
}
