package io.alertstream.replayer;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Kafka's answers to the messages that a visit sends. For one context. */
final class Acknowledgements {

    private long acknowledged;
    private long outstanding;

    /** Completes with the last answer; null unless {@link #all} is waiting for that. */
    private Promise<Void> last;

    /** A message is sent. */
    void expect() {
        outstanding++;
    }

    /** A message was acknowledged or refused. */
    void answered(boolean isAcknowledged) {
        acknowledged += isAcknowledged ? 1 : 0;
        outstanding--;
        if (outstanding == 0 && last != null) {
            last.tryComplete();
        }
    }

    /** Succeeds when every message sent was answered. A flush of the producer may be slightly ahead of that. */
    Future<Void> all() {
        if (outstanding == 0) {
            return Future.succeededFuture();
        }
        last = Promise.promise();
        return last.future();
    }

    long acknowledged() {
        return acknowledged;
    }
}
