package io.alertstream.replayer;

import java.time.Duration;
import java.util.Optional;

/**
 * A message's value on its way into the replay topic.
 *
 * @param delay relative to its alert's time in the visit
 * @param outlivesVisit whether the visit may end before it is sent
 * @param topic a topic other than the replay topic
 */
@SuppressWarnings("ArrayRecordComponent") // Identity is enough: values are passed on, never compared.
record Outgoing(byte[] value, Duration delay, boolean outlivesVisit, Optional<String> topic) {

    /** A value at its alert's time. */
    static Outgoing of(byte[] value) {
        return new Outgoing(value, Duration.ZERO, false, Optional.empty());
    }

    Outgoing after(Duration more) {
        return new Outgoing(value, delay.plus(more), outlivesVisit, topic);
    }

    Outgoing outlivingVisit() {
        return new Outgoing(value, delay, true, topic);
    }

    Outgoing into(String otherTopic) {
        return new Outgoing(value, delay, outlivesVisit, Optional.of(otherTopic));
    }
}
