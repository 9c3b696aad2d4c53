package io.alertstream.storage;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The calls that use a store, so that it is closed after the last of them, and each gets an answer even if its thread
 * pool ends first. Thread-safe.
 */
final class RunningCalls {

    private final Supplier<StoreException> refusal;
    private final Promise<Void> idle = Promise.promise();
    private final Map<Promise<?>, Context> running = new HashMap<>();
    private boolean closed;

    /**
     * @param refusal the failure of calls that come too late
     */
    RunningCalls(Supplier<StoreException> refusal) {
        this.refusal = refusal;
    }

    /**
     * Begins a call, unless calls are no longer accepted.
     *
     * @param context the caller's
     */
    <T> Future<T> run(Context context, Supplier<Future<T>> call) {
        Promise<T> answer = Promise.promise();
        synchronized (this) {
            if (closed) {
                return Future.failedFuture(refusal.get());
            }
            running.put(answer, context);
        }
        call.get()
                .onComplete(
                        result -> {
                            end(answer);
                            answer.tryComplete(result);
                        },
                        failure -> {
                            end(answer);
                            answer.tryFail(failure);
                        });
        return answer.future();
    }

    private synchronized void end(Promise<?> answer) {
        running.remove(answer);
        completeIfIdle();
    }

    /** Accepts no more calls; completes when those that run have ended, or after the limit. */
    synchronized Future<Void> close(Duration limit) {
        closed = true;
        completeIfIdle();
        return idle.future().timeout(limit.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    private void completeIfIdle() {
        if (closed && running.isEmpty()) {
            idle.tryComplete();
        }
    }

    /** Fails the calls that still run. */
    synchronized void abandon() {
        running.forEach((answer, context) -> context.runOnContext(now -> answer.tryFail(refusal.get())));
    }
}
