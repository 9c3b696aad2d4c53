package io.alertstream.kafka;

import io.vertx.core.Future;

/** Sends messages: idempotent, {@code acks=all}, in the order of the calls for each partition. */
public interface MessageProducer {

    /**
     * Sends a message; never blocks. {@link #isFull} says whether to wait before the next. Bytes of unacknowledged
     * messages count
     * towards the producer's limit.
     *
     * @return succeeds when the brokers have acknowledged it; while they are unavailable, that takes up to three
     *     minutes. Fails at once with a {@link RefusedException} or {@link MessageTooLargeException}, or with a
     *     {@link KafkaClientException}
     */
    Future<Position> send(NewMessage message);

    /** Whether the limit of unacknowledged bytes was reached, and they haven't fallen to half of it since. */
    boolean isFull();

    /** Bytes of messages that were sent and neither acknowledged nor refused so far. */
    long unackedBytes();

    /** Completes when the producer isn't full: at once, or when unacknowledged bytes have fallen to half the limit. */
    Future<Void> whenNotFull();

    /** Completes when every message sent so far has been acknowledged or refused. */
    Future<Void> flush();

    /**
     * Flushes and closes.
     *
     * @return fails if flushing took more than fifteen seconds; the producer is closed anyway
     */
    Future<Void> close();
}
