package io.alertstream.storage;

import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what a store couldn't do, later and later and never all at once, for those who read with somebody waiting:
 * the stores themselves report each failure. Only a {@link StoreException} is tried again. Whoever must not give up, as
 * the ingester, waits in a way of its own. Safe to use from any thread.
 */
public final class Retry {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final String CLOSED = "closed";

    private final Vertx vertx;
    private final Policy policy;
    private final AtomicReference<Optional<StoreException>> trouble = new AtomicReference<>(Optional.empty());
    private final Set<Promise<Void>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * When to try again.
     *
     * @param first wait, doubled from one to the next; the real one is half of that to all of it, at random
     * @param longest wait
     * @param retries how often at most
     * @param evenForOperators whether to go on with what only an operator can mend
     */
    record Policy(Duration first, Duration longest, int retries, boolean evenForOperators) {}

    Retry(Vertx vertx, Policy policy) {
        this.vertx = vertx;
        this.policy = policy;
    }

    /** For whoever has a client that waits: twice more within half a second, where time can help. */
    public static Retry briefly(Vertx vertx) {
        return new Retry(vertx, new Policy(Duration.ofMillis(100), Duration.ofMillis(400), 2, false));
    }

    /**
     * Does something, as often as the policy allows.
     *
     * @return the first success; fails as the last attempt did
     */
    public <T> Future<T> call(Supplier<Future<T>> attempt) {
        return attempt(attempt, 0);
    }

    /** What stands in the way now: the last failure, unless something succeeded since. */
    public Optional<StoreException> trouble() {
        return trouble.get();
    }

    /** How many calls wait to be tried again. */
    public int waiting() {
        return waiting.size();
    }

    /** Whatever fails from now on isn't tried again, and what waits fails at once. */
    public void close() {
        closed = true;
        waiting.forEach(over -> over.tryFail(CLOSED));
    }

    private <T> Future<T> attempt(Supplier<Future<T>> attempt, int retried) {
        return attempt.get().transform(result -> {
            if (result.succeeded()) {
                works();
                return Future.succeededFuture(result.result());
            }
            if (!(result.cause() instanceof StoreException failure)) {
                return Future.failedFuture(result.cause());
            }
            fails(failure);
            return isWorthIt(failure, retried)
                    ? pause(retried)
                            .transform(over -> closed ? Future.failedFuture(failure) : attempt(attempt, retried + 1))
                    : Future.failedFuture(failure);
        });
    }

    private boolean isWorthIt(StoreException failure, int retried) {
        return !closed && retried < policy.retries() && (failure.remedy() == Remedy.RETRY || policy.evenForOperators());
    }

    private Future<Void> pause(int retried) {
        Promise<Void> over = Promise.promise();
        waiting.add(over);
        if (closed) {
            over.tryFail(CLOSED);
        }
        vertx.setTimer(millis(retried), timer -> over.tryComplete());
        return over.future().onComplete(ended -> waiting.remove(over));
    }

    private long millis(int retried) {
        long doubled = policy.first().toMillis() << Math.min(retried, 20);
        long wait = Math.min(doubled, policy.longest().toMillis());
        return ThreadLocalRandom.current().nextLong(wait / 2, wait) + 1;
    }

    private void fails(StoreException failure) {
        if (trouble.getAndSet(Optional.of(failure)).isEmpty()) {
            LOG.atWarn().setCause(failure).log(failure.getMessage());
        }
    }

    private void works() {
        if (trouble.get().isPresent() && trouble.getAndSet(Optional.empty()).isPresent()) {
            LOG.atInfo().log("the store works again");
        }
    }
}
