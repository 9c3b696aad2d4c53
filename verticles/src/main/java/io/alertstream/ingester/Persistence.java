package io.alertstream.ingester;

import io.alertstream.ingester.IngesterMetrics.Dependency;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what depends on something else, again and again until it works: the archive's stores, the registry, Kafka. It knows
 * whether that works right now, tells when this changes, and logs it without a line for each attempt. For one context.
 */
final class Persistence {

    private static final Logger log = LoggerFactory.getLogger(Persistence.class);
    private static final Duration LOG_EVERY = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Dependency dependency;
    private final Backoff backoff;
    private final IngesterMetrics metrics;
    private final Predicate<Throwable> isAnswer;
    private Runnable changed = () -> {};
    private final Map<Long, Promise<Void>> waiting = new HashMap<>();
    private int failing;
    private volatile Throwable lastFailure;
    private Seldom logging = new Seldom(LOG_EVERY);
    private boolean stopped;

    /**
     * @param isAnswer whether a failure is the answer itself, and passed on at once
     */
    Persistence(
            Dependency dependency,
            Vertx vertx,
            Backoff backoff,
            IngesterMetrics metrics,
            Predicate<Throwable> isAnswer) {
        this.vertx = vertx;
        this.dependency = dependency;
        this.backoff = backoff;
        this.metrics = metrics;
        this.isAnswer = isAnswer;
    }

    /** Calls the handler whenever it stopped working, and when it works again. */
    void onChange(Runnable handler) {
        changed = handler;
    }

    /**
     * Does it until it works.
     *
     * @return fails with an answer, or after {@link #stop}
     */
    <T> Future<T> untilDone(Supplier<Future<T>> attempt) {
        Promise<T> done = Promise.promise();
        attempt(attempt, 0, done);
        return done.future();
    }

    private <T> void attempt(Supplier<Future<T>> attempt, int failures, Promise<T> done) {
        attempt.get()
                .onComplete(
                        value -> {
                            worked(failures);
                            done.complete(value);
                        },
                        failure -> {
                            if (isAnswer.test(failure)) {
                                worked(failures);
                                done.fail(failure);
                            } else if (stopped || failure instanceof Error) { // An error isn't trouble that passes.
                                done.fail(failure);
                            } else {
                                failed(failure, failures);
                                pause(backoff.afterFailures(failures + 1, ThreadLocalRandom.current()))
                                        .onComplete(over -> attempt(attempt, failures + 1, done), done::fail);
                            }
                        });
    }

    private Future<Void> pause(Duration time) {
        Promise<Void> over = Promise.promise();
        long timer = vertx.setTimer(time.toMillis(), id -> {
            waiting.remove(id);
            over.complete();
        });
        waiting.put(timer, over);
        return over.future();
    }

    private void worked(int failures) {
        if (failures > 0 && --failing == 0) {
            log.atInfo().log("the {} works again", dependency.text());
            lastFailure = null;
            logging = new Seldom(LOG_EVERY);
            changed.run();
        }
    }

    private void failed(Throwable failure, int failures) {
        metrics.retry(dependency);
        lastFailure = failure;
        if (failures == 0) {
            failing++;
        }
        logging.count().ifPresent(count -> log.atError()
                .log(
                        "the {} doesn't work, {} attempts wait to be made again; until then nothing more is read, and"
                                + " nothing is lost: {}",
                        dependency.text(),
                        failing,
                        failure.getMessage()));
        if (failures == 0 && failing == 1) {
            changed.run();
        }
    }

    /** What is wrong now; empty if all works. From any thread. */
    Optional<Throwable> trouble() {
        return Optional.ofNullable(lastFailure);
    }

    /** Ends all waiting: whatever waits for another attempt fails, and whatever fails from now on isn't tried again. */
    void stop() {
        stopped = true;
        Map.copyOf(waiting).forEach((timer, over) -> {
            vertx.cancelTimer(timer);
            over.fail("the ingester stops");
        });
        waiting.clear();
    }
}
