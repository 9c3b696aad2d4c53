package io.alertstream.ingester;

import io.alertstream.ingester.IngesterMetrics.Dependency;
import io.alertstream.kafka.MessageTooLargeException;
import io.alertstream.kafka.RefusedException;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** What the ingester can't work without, each with its persistence. */
final class Dependencies {

    private final Persistence store;
    private final Persistence registry;
    private final Persistence deadLetterTopic;

    Dependencies(Vertx vertx, Backoff backoff, IngesterMetrics metrics) {
        store = new Persistence(Dependency.STORE, vertx, backoff, metrics, failure -> false);
        registry = new Persistence(Dependency.REGISTRY, vertx, backoff, metrics, Schemas::isAnswer);
        deadLetterTopic =
                new Persistence(Dependency.DEAD_LETTER_TOPIC, vertx, backoff, metrics, Dependencies::isAnswer);
    }

    /** Kafka's verdict on a dead letter, which stays the same however often it is asked. */
    private static boolean isAnswer(Throwable failure) {
        return RefusedException.in(failure) || failure instanceof MessageTooLargeException;
    }

    Persistence store() {
        return store;
    }

    Persistence registry() {
        return registry;
    }

    Persistence deadLetterTopic() {
        return deadLetterTopic;
    }

    /** What is wrong with one of them now; empty if all work. */
    Optional<Throwable> trouble() {
        return all().stream()
                .flatMap(persistence -> persistence.trouble().stream())
                .findFirst();
    }

    void onChange(Runnable handler) {
        all().forEach(persistence -> persistence.onChange(handler));
    }

    void stop() {
        all().forEach(Persistence::stop);
    }

    private List<Persistence> all() {
        return List.of(store, registry, deadLetterTopic);
    }
}
