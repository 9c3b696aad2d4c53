package io.alertstream.retry;

import io.alertstream.retry.RetryPolicy.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats calls that fail, as its policy says, until it is stopped. Safe to use from any thread. */
public final class Retry {

    private static final Logger log = LoggerFactory.getLogger(Retry.class);

    private final Vertx vertx;
    private final RetryPolicy policy;
    private final Listener listener;
    private final Set<Call<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile String stopReason;

    /**
     * Learns how attempts end, on the thread on which they end. It isn't called after a stop, nor for an {@link Error}.
     */
    public interface Listener {

        /** An attempt failed and will be repeated; it was the call's first if {@code failures} is 1. */
        void retrying(Throwable failure, int failures);

        /** A call failed because the dependency is unavailable, after {@code retried} failures that were retried. */
        void gaveUp(Throwable failure, int retried);

        /** A call got its result, or a failure that is an answer, after {@code retried} failures that were retried. */
        void answered(int retried);
    }

    public Retry(Vertx vertx, RetryPolicy policy, Listener listener) {
        this.vertx = vertx;
        this.policy = policy;
        this.listener = listener;
    }

    /** Without a listener. */
    public Retry(Vertx vertx, RetryPolicy policy) {
        this(vertx, policy, new Listener() {
            @Override
            public void retrying(Throwable failure, int failures) {}

            @Override
            public void gaveUp(Throwable failure, int retried) {}

            @Override
            public void answered(int retried) {}
        });
    }

    /**
     * Makes attempts until one settles the call.
     *
     * @return the outcome of the last attempt; fails with the reason of {@link #stop} if that comes between two
     *     attempts
     */
    public <T> Future<T> call(Supplier<Future<T>> attempt) {
        Call<T> call = new Call<>(attempt);
        call.attempt();
        return call.done.future();
    }

    /** Fails every call that waits for its next attempt. Attempts in progress may finish; none is repeated. */
    public void stop(String reason) {
        stopReason = reason;
        List.copyOf(waiting).forEach(call -> call.stop(reason));
    }

    private final class Call<T> {

        private final Supplier<Future<T>> attempt;
        private final Promise<T> done = Promise.promise();
        private int failures;

        Call(Supplier<Future<T>> attempt) {
            this.attempt = attempt;
        }

        void attempt() {
            // Composed, so that an attempt that throws fails its call.
            Future.succeededFuture().compose(now -> attempt.get()).onComplete(this::succeeded, this::failed);
        }

        private void succeeded(T value) {
            if (stopReason == null) {
                listener.answered(failures);
            }
            done.tryComplete(value);
        }

        private void failed(Throwable failure) {
            // An error such as OutOfMemoryError says nothing about the dependency, and retrying doesn't help.
            if (stopReason != null || failure instanceof Error) {
                done.tryFail(failure);
                return;
            }
            Verdict verdict = policy.verdict().apply(failure);
            if (verdict == Verdict.RETRY && failures + 1 < policy.attempts()) {
                retry(failure);
                return;
            }
            if (verdict == Verdict.ANSWER) {
                listener.answered(failures);
            } else {
                listener.gaveUp(failure, failures);
            }
            done.tryFail(failure);
        }

        private void retry(Throwable failure) {
            failures++;
            Duration delay =
                    policy.backoff().delay(failures, policy.requested().apply(failure), ThreadLocalRandom.current());
            log.atDebug().log(
                    "attempt {} failed, the next one follows in {}: {}", failures, delay, failure.getMessage());
            listener.retrying(failure, failures);
            waiting.add(this);
            vertx.setTimer(delay.toMillis(), timer -> {
                if (waiting.remove(this)) {
                    attempt();
                }
            });
            if (stopReason != null) { // Stopped before this call was in the set.
                stop(stopReason);
            }
        }

        void stop(String reason) {
            if (waiting.remove(this)) {
                done.tryFail(reason);
            }
        }
    }
}
