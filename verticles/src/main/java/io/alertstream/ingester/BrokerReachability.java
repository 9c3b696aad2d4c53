package io.alertstream.ingester;

import io.alertstream.kafka.Lag;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether Kafka is reachable, judged by the latest lag lookups: a consumer keeps polling without an error while its
 * broker is down. Written on one context, read on any thread.
 */
final class BrokerReachability {

    /** Longer than a broker takes to restart. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Answer(Lag lag, Instant at) {}

    private final Clock clock;
    private volatile Answer last;
    private volatile String failure = "no lookup has finished yet";

    BrokerReachability(Clock clock) {
        this.clock = clock;
    }

    void answered(Lag lag) {
        last = new Answer(lag, clock.instant());
    }

    void failed(Throwable cause) {
        failure = cause.getMessage();
    }

    /** The latest lag; empty if it is outdated or was never known. */
    Optional<Lag> lag() {
        return Optional.ofNullable(last)
                .filter(answer -> !answer.at().plus(PATIENCE).isBefore(clock.instant()))
                .map(Answer::lag);
    }

    /** Fails while the lag is unknown, with the reason. */
    Future<Void> check() {
        if (lag().isPresent()) {
            return Future.succeededFuture();
        }
        return Future.failedFuture(
                last == null
                        ? "lag unknown since the start: " + failure
                        : "Kafka unreachable since " + last.at() + ": " + failure);
    }
}
