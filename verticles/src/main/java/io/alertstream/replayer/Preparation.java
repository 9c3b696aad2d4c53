package io.alertstream.replayer;

import io.alertstream.kafka.Message;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * What a visit publishes for each message of the static topic. Calls don't overlap: each follows when the previous
 * call's Future has succeeded.
 */
@FunctionalInterface
interface Preparation {

    /** Publishes each message unchanged. */
    Preparation VERBATIM = (message, dueNanos) -> Future.succeededFuture(List.of(Outgoing.of(message.value())));

    /**
     * The messages to publish, possibly none; a failure ends the visit.
     *
     * @param dueNanos when the message is due, on the timers' clock
     */
    Future<List<Outgoing>> of(Message message, long dueNanos);

    /** The visit ends before its last message was published. */
    default void dropped() {}

    /** How long the visit's alerts are held back on purpose. */
    default Duration pause() {
        return Duration.ZERO;
    }
}
