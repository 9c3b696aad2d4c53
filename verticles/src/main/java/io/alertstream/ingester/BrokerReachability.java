package io.alertstream.ingester;

import io.alertstream.kafka.Lag;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether Kafka answers, by what became of the questions for the lag: a consumer whose broker is gone goes on polling and
 * says nothing. Written on one context, read on any thread.
 */
final class BrokerReachability {

    /** A broker that restarts is back sooner. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Answer(Lag lag, Instant at) {}

    private final Clock clock;
    private volatile Answer last;
    private volatile String failure = "it wasn't heard of yet";

    BrokerReachability(Clock clock) {
        this.clock = clock;
    }

    void answered(Lag lag) {
        last = new Answer(lag, clock.instant());
    }

    void failed(Throwable cause) {
        failure = cause.getMessage();
    }

    /** What Kafka said last; empty if that is too long ago to be believed, or it never said anything. */
    Optional<Lag> lag() {
        return Optional.ofNullable(last)
                .filter(answer -> !answer.at().plus(PATIENCE).isBefore(clock.instant()))
                .map(Answer::lag);
    }

    /** Fails while the lag isn't known, with the reason as far as that is known. */
    Future<Void> check() {
        if (lag().isPresent()) {
            return Future.succeededFuture();
        }
        return Future.failedFuture(
                last == null
                        ? "Kafka hasn't said where the topics end: " + failure
                        : "no answer from Kafka since " + last.at() + ": " + failure);
    }
}
