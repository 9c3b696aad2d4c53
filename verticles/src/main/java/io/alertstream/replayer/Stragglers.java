package io.alertstream.replayer;

import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that don't wait for their visit and may be sent after its end, each at its own time. Bounded in bytes. For
 * one context.
 */
final class Stragglers {

    private static final long MAX_BYTES = 64 << 20;
    private static final Logger log = LoggerFactory.getLogger(Stragglers.class);

    private final Timers timers;
    private final MessageProducer producer;
    private final Map<NewMessage, Runnable> waiting = new LinkedHashMap<>();
    private long bytes;
    private long quietFromNanos = Long.MAX_VALUE;
    private long quietUntilNanos = Long.MAX_VALUE;

    Stragglers(Timers timers, MessageProducer producer) {
        this.timers = timers;
        this.producer = producer;
    }

    /** Whether a message of this size may be added. */
    boolean haveRoom(int messageBytes) {
        return bytes + messageBytes <= MAX_BYTES;
    }

    void add(NewMessage message, long dueNanos) {
        bytes += message.value().length;
        waiting.put(message, timers.at(dueNanos, () -> due(message)));
    }

    /** Sends nothing from one time to another: what is due between them is sent at the end. */
    void quiet(long fromNanos, long untilNanos) {
        quietFromNanos = fromNanos;
        quietUntilNanos = untilNanos;
    }

    private void due(NewMessage message) {
        long now = timers.nanos();
        if (now >= quietFromNanos && now < quietUntilNanos) {
            waiting.put(message, timers.at(quietUntilNanos, () -> send(message)));
        } else {
            send(message);
        }
    }

    /** Sends all waiting messages at once: they were announced in the journal, so none may be missing. */
    void sendAll() {
        Map<NewMessage, Runnable> remaining = new LinkedHashMap<>(waiting);
        remaining.forEach((message, cancelTimer) -> {
            cancelTimer.run();
            send(message);
        });
    }

    private void send(NewMessage message) {
        waiting.remove(message);
        bytes -= message.value().length;
        producer.send(message).onFailure(e -> log.atWarn()
                .addKeyValue("role", "replayer")
                .addKeyValue("topic", message.topic())
                .log("late alert or repetition not published: {}", e.getMessage()));
    }
}
