package io.alertstream.audit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries without limit while a dependency is unavailable, so that a minute's outage doesn't cost an audit of hours. Logs
 * what it is waiting for. For one context.
 */
final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final long LOG_EVERY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MAX_DOUBLINGS = 20;

    private final Vertx vertx;
    private final String waitedFor;
    private final Predicate<Throwable> isTransient;
    private final Pace pace;
    private final Map<Long, Promise<Void>> waiting = new HashMap<>();
    private long failing;
    private long loggedNanos;
    private boolean stopped;

    /**
     * Time between attempts: doubled from one to the next, then cut by up to a half at random.
     *
     * @param longest time, before it is cut
     */
    record Pace(Duration first, Duration longest, LongSupplier nanos) {

        static final Pace DEFAULT = new Pace(Duration.ofMillis(200), Duration.ofSeconds(10), System::nanoTime);

        long millis(int failures) {
            long doubled = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
            long whole = Math.min(doubled, longest.toMillis());
            return Math.max(1, whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1));
        }
    }

    /**
     * @param waitedFor the dependency, for the log
     * @param isTransient whether waiting may help against a failure; others are passed on
     */
    Patience(Vertx vertx, String waitedFor, Predicate<Throwable> isTransient, Pace pace) {
        this.vertx = vertx;
        this.waitedFor = waitedFor;
        this.isTransient = isTransient;
        this.pace = pace;
    }

    /**
     * Repeats an attempt until it succeeds.
     *
     * @return fails with a failure that isn't transient, or after {@link #stop}
     */
    <T> Future<T> untilDone(Supplier<Future<T>> attempt) {
        Promise<T> done = Promise.promise();
        attempt(attempt, 0, done);
        return done.future();
    }

    private <T> void attempt(Supplier<Future<T>> attempt, int failures, Promise<T> done) {
        attempt.get().onComplete(result -> {
            if (result.failed() && isTransient.test(result.cause()) && !stopped) {
                failed(result.cause(), failures);
                pause(pace.millis(failures + 1)).onComplete(over -> attempt(attempt, failures + 1, done), done::fail);
            } else {
                ended(failures);
                done.handle(result);
            }
        });
    }

    private Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        long timer = vertx.setTimer(millis, id -> {
            waiting.remove(id);
            over.complete();
        });
        waiting.put(timer, over);
        return over.future();
    }

    private void failed(Throwable failure, int failures) {
        boolean first = failures == 0 && failing == 0;
        if (failures == 0) {
            failing++;
        }
        long now = pace.nanos().getAsLong();
        if (first || now - loggedNanos >= LOG_EVERY_NANOS) {
            loggedNanos = now;
            log.atWarn().log("waiting for {}: {}", waitedFor, failure.getMessage());
        }
    }

    private void ended(int failures) {
        if (failures > 0 && --failing == 0) {
            log.atInfo().log("{} is available again", waitedFor);
        }
    }

    /** Fails every attempt that is waiting; no attempt is retried from now on. */
    void stop() {
        stopped = true;
        Map.copyOf(waiting).forEach((timer, over) -> {
            vertx.cancelTimer(timer);
            over.fail("the audit was stopped while it waited for " + waitedFor);
        });
        waiting.clear();
    }
}
