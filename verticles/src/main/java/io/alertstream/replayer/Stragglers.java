package io.alertstream.replayer;

import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that are sent after the end of their visit, each at its own time. Bounded in bytes. */
final class Stragglers {

    private static final long MAX_BYTES = 64 << 20;
    private static final Logger log = LoggerFactory.getLogger(Stragglers.class);

    private final Timers timers;
    private final MessageProducer producer;
    private final Map<NewMessage, Runnable> waiting = new LinkedHashMap<>();
    private long bytes;

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
        waiting.put(message, timers.at(dueNanos, () -> send(message)));
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
                .log("late alert not published: {}", e.getMessage()));
    }
}
