package io.alertstream.kafka;

import io.vertx.core.Future;
import java.util.function.Function;

/** Reads what a topic holds, from beginning to end, without a consumer group. */
public interface TopicReader {

    /**
     * Reads the messages between the state's beginning and end, each partition in order, and hands them over one at a
     * time: the next follows when the handler's Future completes. At most a few fetches' bytes wait in memory.
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

    /** The same, with those messages that can't be read: they are handed over as {@link Message#unreadable}. */
    Future<Long> readAll(TopicState state, Function<Message, Future<Void>> handler);

    /** Stops reading; a read under way fails. */
    Future<Void> close();
}
