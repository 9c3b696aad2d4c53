package io.alertstream.local.registry;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Runs writes one at a time, so that a decision stays valid until its records are in the topic. For one context.
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
     * Runs a write after those before it, on a complete state.
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
