package io.alertstream.kafka;

import io.vertx.core.Future;
import java.util.function.Function;

/** Reads a topic from beginning to end, without a consumer group. */
public interface TopicReader {

    /**
     * Reads the messages between the state's beginning and end, in order within each partition, and delivers them one
     * at a time: the next follows when the handler's Future completes. A few fetches are buffered at most. A message's
     * value belongs to the handler, which may change it.
     *
     * @return the number of messages handed over; fails with {@link TopicChangedException} if the topic was deleted,
     *     recreated or trimmed meanwhile, with the handler's failure, with Kafka's, or with an
     *     {@link UnreadableMessageException}
     */
    default Future<Long> read(TopicState state, Function<Message, Future<Void>> handler) {
        return readAll(state, message -> message.unreadable()
                .map(why -> Future.<Void>failedFuture(new UnreadableMessageException(message, why)))
                .orElseGet(() -> handler.apply(message)));
    }

    /** Also delivers messages that can't be read, as {@link Message#unreadable}. */
    Future<Long> readAll(TopicState state, Function<Message, Future<Void>> handler);

    /** Stops reading; a read in progress fails. */
    Future<Void> close();
}
