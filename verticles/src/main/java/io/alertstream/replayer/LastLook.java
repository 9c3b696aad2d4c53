package io.alertstream.replayer;

import io.vertx.core.Future;
import java.time.Duration;

/** What the last look at the topics found, and when: what readiness is reported from. */
final class LastLook {

    /** From one look to the next while there is nothing to replay. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** From one look to the next while all is well: as often as Kubernetes asks for readiness unless told otherwise. */
    static final Duration WATCH = Duration.ofSeconds(10);

    /** What was found this long ago is no longer reported: Kafka hasn't answered since. */
    private static final Duration STALE = WATCH.multipliedBy(3);

    private final Timers timers;
    private final WaitingLog waitingLog = new WaitingLog();
    private Look found = new Look.Nothing("no look at the topics has ended yet");
    private long nanos;

    LastLook(Timers timers) {
        this.timers = timers;
        this.nanos = timers.nanos();
    }

    /** A look ended now. */
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

    /** When the next look follows if nothing calls for one before. */
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
