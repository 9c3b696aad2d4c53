package io.alertstream.storage;

import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final Duration first;
    private final Duration longest;
    private final int retries;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Set<Promise<Void>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param first wait, doubled from one to the next; the real one is half of that to all of it, at random
     * @param longest wait
     * @param retries how often at most
     */
    Retry(Vertx vertx, Duration first, Duration longest, int retries) {
        this.vertx = vertx;
        this.first = first;
        this.longest = longest;
        this.retries = retries;
    }

    /** For whoever has a client that waits: twice more within half a second, where time can help. */
    public static Retry briefly(Vertx vertx) {
        return new Retry(vertx, Duration.ofMillis(100), Duration.ofMillis(400), 2);
    }

    /**
     * Does something, and again where time can help.
     *
     * @return the first success; fails as the last attempt did
     */
    public <T> Future<T> call(Supplier<Future<T>> attempt) {
        return attempt(attempt, 0);
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
        return !closed && retried < retries && failure.remedy() == Remedy.RETRY;
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
        long doubled = first.toMillis() << Math.min(retried, 20);
        long wait = Math.min(doubled, longest.toMillis());
        return ThreadLocalRandom.current().nextLong(wait / 2, wait) + 1;
    }

    private void fails(StoreException failure) {
        if (!failing.getAndSet(true)) {
            LOG.atWarn().setCause(failure).log(failure.getMessage());
        }
    }

    private void works() {
        if (failing.get() && failing.getAndSet(false)) {
            LOG.atInfo().log("the store works again");
        }
    }
}
