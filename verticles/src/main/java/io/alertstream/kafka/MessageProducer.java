package io.alertstream.kafka;

import io.vertx.core.Future;

/** Sends messages: idempotent, {@code acks=all}, in the order of the calls for each partition. */
public interface MessageProducer {

    /**
     * Sends a message; never blocks. {@link #isFull} says whether to wait before the next. Bytes of unacknowledged messages count
     * towards the producer's limit.
     *
     * @return succeeds when the brokers have it, which may take as long as they are away, up to three minutes; fails with
     *     a {@link RefusedException} or {@link MessageTooLargeException}, at once, or with a {@link KafkaClientException},
     *     each naming the topic
     */
    Future<Position> send(NewMessage message);

    /** Whether the limit's bytes are unacknowledged, and not yet half of them acknowledged again. */
    boolean isFull();

    /** Bytes of messages that were given to {@link #send} and neither acknowledged nor refused so far. */
    long unackedBytes();

    /** Completes once the producer isn't full: at once, or after half of the limit was acknowledged or refused. */
    Future<Void> whenNotFull();

    /** Completes when all that was sent so far was acknowledged or refused. */
    Future<Void> flush();

    /**
     * Flushes and closes.
     *
     * @return fails if something couldn't be flushed within fifteen seconds; it is closed all the same
     */
    Future<Void> close();
}
