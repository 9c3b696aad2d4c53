package io.alertstream.audit;

import io.alertstream.kafka.KafkaClientException;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicChangedException;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.retry.Retry;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic up to the end it had at the start of the audit. After a Kafka failure it resumes where it was; messages that
 * retention deletes before they are read are counted and skipped. For one context.
 */
final class RetryingReader {

    private static final Logger log = LoggerFactory.getLogger(RetryingReader.class);

    private final Topics topics;
    private final TopicReader reader;
    private final Retry retry;

    /**
     * @param retry of what fails with a {@link KafkaClientException}
     */
    RetryingReader(Topics topics, TopicReader reader, Retry retry) {
        this.topics = topics;
        this.reader = reader;
        this.retry = retry;
    }

    /** The part of a topic that is still unread. */
    private static final class Unread {

        private final TopicState state;
        private final Map<Integer, Long> next;
        private long deleted;

        Unread(TopicState state) {
            this.state = state;
            this.next = new HashMap<>(state.beginning());
        }

        TopicState state() {
            return state.from(next);
        }

        void delivered(Message message) {
            next.put(message.partition(), message.offset() + 1);
        }

        /** Skips unread messages that no longer exist, and returns how many those are. */
        long trim(TopicState now) {
            long before = state().messages();
            state.end()
                    .forEach((partition, end) -> next.merge(
                            partition, Math.min(end, now.beginning().getOrDefault(partition, 0L)), Math::max));
            long gone = before - state().messages();
            deleted += gone;
            return gone;
        }

        /** Whether the topic now ends before the end it had. */
        boolean isCut(TopicState now) {
            return state.end().entrySet().stream()
                    .anyMatch(end -> now.end().getOrDefault(end.getKey(), 0L) < end.getValue());
        }
    }

    /**
     * Reads the messages between the state's beginning and end, as {@link TopicReader#readAll} does.
     *
     * @return how many of them retention deleted before they were read; fails with {@link TopicChangedException} if the
     *     topic was deleted, recreated or cut, with Kafka's refusal, or with the handler's failure
     */
    Future<Long> read(TopicState state, Function<Message, Future<Void>> handler) {
        Unread unread = new Unread(state);
        return retry.call(() -> resume(unread, handler)).map(read -> unread.deleted);
    }

    private Future<Long> resume(Unread unread, Function<Message, Future<Void>> handler) {
        return reader.readAll(unread.state(), message -> {
                    unread.delivered(message);
                    return handler.apply(message);
                })
                .recover(failure -> failure instanceof TopicChangedException
                        ? afterChange(unread, failure).compose(trimmed -> resume(unread, handler))
                        : Future.failedFuture(failure));
    }

    private Future<Void> afterChange(Unread unread, Throwable changed) {
        String topic = unread.state.topic();
        return topics.state(topic).compose(found -> {
            if (found.isEmpty() || !found.get().topicId().equals(unread.state.topicId()) || unread.isCut(found.get())) {
                return Future.failedFuture(changed);
            }
            long gone = unread.trim(found.get());
            if (gone == 0) {
                return Future.failedFuture(new KafkaClientException(changed.getMessage(), changed));
            }
            log.atWarn()
                    .addKeyValue("topic", topic)
                    .log(
                            "retention deleted {} messages before the audit read them; begin later (AUDIT_FROM) or keep them"
                                    + " longer (retention.ms, retention.bytes)",
                            gone);
            return Future.succeededFuture();
        });
    }
}
