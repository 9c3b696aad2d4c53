package io.alertstream.kafka;

import io.vertx.core.Future;

/** Sends messages: idempotent, {@code acks=all}, in the order of the calls for each partition. */
public interface MessageProducer {

    /**
     * Sends a message; {@link #isFull} says whether to wait before the next. Bytes of unacknowledged messages count
     * towards the producer's limit.
     *
     * @return succeeds when the brokers have it; fails when it can't be sent, naming the topic
     */
    Future<Position> send(NewMessage message);

    /** Whether more than the limit's bytes are unacknowledged. */
    boolean isFull();

    /** Completes once the producer isn't full: at once, or after some messages were acknowledged or refused. */
    Future<Void> whenNotFull();

    /** Completes when all that was sent so far was acknowledged or refused. */
    Future<Void> flush();

    /** Flushes and closes. */
    Future<Void> close();
}
