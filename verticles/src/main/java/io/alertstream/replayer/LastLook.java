package io.alertstream.replayer;

import io.vertx.core.Future;
import java.time.Duration;

/** What the last look at the topics found, and when. Readiness is reported from this. */
final class LastLook {

    /** Time between looks while there is nothing to replay. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Time between looks while all is well: Kubernetes' default interval for readiness probes. */
    static final Duration WATCH = Duration.ofSeconds(10);

    /** Age after which a result is no longer reported, because Kafka hasn't answered since. */
    private static final Duration STALE = WATCH.multipliedBy(3);

    private final Timers timers;
    private final WaitingLog waitingLog = new WaitingLog();
    private Look found = new Look.Nothing("the topics haven't been checked yet");
    private long nanos;

    LastLook(Timers timers) {
        this.timers = timers;
        this.nanos = timers.nanos();
    }

    /** Records the result of a look that has just ended. */
    void found(Look look) {
        found = look;
        nanos = timers.nanos();
        if (look instanceof Look.Nothing nothing) {
            waitingLog.waiting(nothing.why(), nanos);
        } else {
            waitingLog.over();
        }
    }

    boolean foundNothing() {
        return found instanceof Look.Nothing;
    }

    /** When the next look is due, unless something requires one earlier. */
    long nextNanos() {
        return nanos + (foundNothing() ? LOOK_AGAIN : WATCH).toNanos();
    }

    /** Succeeds if there is a whole visit to replay, else fails with what is missing. */
    Future<Void> ready() {
        long age = timers.nanos() - nanos;
        if (age > STALE.toNanos()) {
            return Future.failedFuture("Kafka hasn't answered for %d s".formatted(age / 1_000_000_000));
        }
        return found instanceof Look.Nothing nothing
                ? Future.failedFuture("nothing to replay: " + nothing.why())
                : Future.succeededFuture();
    }
}
