package io.alertstream.ingester;

import io.alertstream.ingester.IngesterMetrics.Result;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.MessageTooLargeException;
import io.alertstream.kafka.Position;
import io.alertstream.retry.Retry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages that can't be archived to the dead-letter topic; one that is redelivered is sent once a day at most.
 */
final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final String topic;
    private final MessageProducer producer;
    private final Retry retry;
    private final ExpiringMap<Fingerprint, Boolean> recent;
    private final WorkerExecutor cpu;
    private final LogThrottle logging = new LogThrottle(Duration.ofSeconds(1));

    DeadLetters(
            String topic,
            MessageProducer producer,
            Retry retry,
            ExpiringMap<Fingerprint, Boolean> recent,
            WorkerExecutor cpu) {
        this.topic = topic;
        this.producer = producer;
        this.retry = retry;
        this.recent = recent;
        this.cpu = cpu;
    }

    /**
     * Sets a message aside.
     *
     * @return succeeds when the dead letter is in Kafka, newly or already
     */
    Future<Result> setAside(DeadLetter letter, Fingerprint fingerprint) {
        if (recent.get(fingerprint).isPresent()) {
            return Future.succeededFuture(Result.RECENT_DEAD_LETTER);
        }
        return retry.call(() -> producer.send(letter.to(topic)))
                .recover(failure -> failure instanceof MessageTooLargeException
                        ? withoutValue(letter, failure)
                        : Future.failedFuture(failure))
                .map(position -> {
                    recent.put(fingerprint, true);
                    logging.count().ifPresent(count -> log(letter, position, count));
                    return Result.DEAD_LETTER;
                });
    }

    /** A message may fit its own topic but, with the added headers, not this one. That must not block the archive. */
    private Future<Position> withoutValue(DeadLetter letter, Throwable failure) {
        log.atError()
                .addKeyValue("topic", letter.message().topic())
                .addKeyValue("partition", letter.message().partition())
                .addKeyValue("offset", letter.message().offset())
                .log(
                        "dead letter too large, its SHA-256 sent instead of its {} bytes; max.message.bytes of {}"
                                + " (DEAD_LETTER_TOPIC) must be larger than that of {}: {}",
                        letter.message().bytes(),
                        topic,
                        letter.message().topic(),
                        failure.getMessage());
        // Hashing that many bytes would block the event loop.
        return cpu.executeBlocking(() -> letter.withoutValueTo(topic), false)
                .compose(traces -> retry.call(() -> producer.send(traces)));
    }

    private static void log(DeadLetter letter, Position position, long count) {
        log.atWarn()
                .addKeyValue("topic", letter.message().topic())
                .addKeyValue("partition", letter.message().partition())
                .addKeyValue("offset", letter.message().offset())
                .log(
                        "message set aside as {}, one of {} since the previous line: {}",
                        position,
                        count,
                        letter.reasonText());
    }
}
