package io.alertstream.ingester;

import io.alertstream.ingester.IngesterMetrics.Dependency;
import io.alertstream.kafka.MessageTooLargeException;
import io.alertstream.kafka.RefusedException;
import io.alertstream.retry.Backoff;
import io.alertstream.retry.Outage;
import io.alertstream.retry.Retry;
import io.alertstream.retry.RetryPolicy;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The services that the ingester can't work without. Calls are retried until they succeed or get an answer. */
final class Dependencies {

    private static final Logger log = LoggerFactory.getLogger(Dependencies.class);

    private final Vertx vertx;
    private final Backoff backoff;
    private final IngesterMetrics metrics;
    private final Map<Dependency, Outage> outages = new EnumMap<>(Dependency.class);
    private final Map<Dependency, Retry> retries = new EnumMap<>(Dependency.class);

    Dependencies(Vertx vertx, Backoff backoff, IngesterMetrics metrics) {
        this.vertx = vertx;
        this.backoff = backoff;
        this.metrics = metrics;
        add(Dependency.STORE, failure -> !needsOtherSettings(failure));
        add(Dependency.REGISTRY, failure -> !Schemas.isAnswer(failure));
        // Kafka refuses a dead letter every time, so retrying is useless.
        add(
                Dependency.DEAD_LETTER_TOPIC,
                failure -> !RefusedException.in(failure) && !(failure instanceof MessageTooLargeException));
    }

    private void add(Dependency dependency, Predicate<Throwable> isTransient) {
        Outage outage = new Outage(log, Level.ERROR, dependency.text(), "consumption paused", System::nanoTime);
        outages.put(dependency, outage);
        retries.put(
                dependency,
                new Retry(
                        vertx,
                        RetryPolicy.unlimited(backoff, isTransient, StoreException::requestedDelay),
                        new Counted(outage, () -> metrics.retry(dependency))));
    }

    /** Whether a store can't be used as configured, so that waiting doesn't help. */
    static boolean needsOtherSettings(Throwable failure) {
        return failure instanceof StoreException store && store.remedy() == Remedy.SETTINGS;
    }

    /** Also counts retries. */
    private record Counted(Outage outage, Runnable count) implements Retry.Listener {

        @Override
        public void retrying(Throwable failure, int failures) {
            count.run();
            outage.retrying(failure, failures);
        }

        @Override
        public void gaveUp(Throwable failure, int retried) {
            outage.gaveUp(failure, retried);
        }

        @Override
        public void answered(int retried) {
            outage.answered(retried);
        }
    }

    Retry store() {
        return retries.get(Dependency.STORE);
    }

    Retry registry() {
        return retries.get(Dependency.REGISTRY);
    }

    Retry deadLetterTopic() {
        return retries.get(Dependency.DEAD_LETTER_TOPIC);
    }

    /** Fails with the current failure if the dependency is unavailable. Safe to call from any thread. */
    Future<Void> check(Dependency dependency) {
        return outages.get(dependency).failure().map(Future::<Void>failedFuture).orElseGet(Future::succeededFuture);
    }

    /** Whether all are available. */
    boolean available() {
        return outages.values().stream().allMatch(outage -> outage.failure().isEmpty());
    }

    /** Calls the handler whenever one of them became unavailable or available. */
    void onChange(Runnable handler) {
        outages.values().forEach(outage -> outage.onChange(handler));
    }

    /** Fails all calls that wait for another attempt. */
    void stop() {
        retries.values().forEach(retry -> retry.stop("the ingester stops"));
    }
}
