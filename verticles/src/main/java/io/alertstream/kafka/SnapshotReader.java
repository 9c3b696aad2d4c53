package io.alertstream.kafka;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Kafka's consumer without a group, on a thread of its own. It fetches the next messages while the current ones are
 * handled.
 */
final class SnapshotReader implements TopicReader {

    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * The result of one poll.
     *
     * @param last whether these messages reach the state's end
     */
    record Batch(List<Message> messages, boolean last) {}

    private final Vertx vertx;
    private final KafkaTopics topics;
    private final KafkaFailures failures;
    private final ClientThread thread;
    private final Map<String, Object> config;
    private volatile BoundedConsumer consumer; // Created and used on the thread; woken up from others.
    private Set<TopicPartition> atEnd = Set.of();
    private volatile boolean closed;

    SnapshotReader(Vertx vertx, Map<String, Object> config, KafkaTopics topics, KafkaFailures failures) {
        this.vertx = vertx;
        this.config = config;
        this.topics = topics;
        this.failures = failures;
        this.thread = new ClientThread(vertx, "kafka-reader");
    }

    @Override
    public Future<Long> readAll(TopicState state, Function<Message, Future<Void>> handler) {
        return thread.call(() -> begin(state))
                .compose(begun -> new SnapshotDelivery(vertx, this, topics, state, handler).start())
                .recover(e -> Future.failedFuture(
                        SnapshotDelivery.isHandlers(e)
                                ? e.getCause()
                                : failures.of("reading topic " + state.topic(), e)));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        BoundedConsumer open = consumer;
        if (open != null) {
            open.kafka().wakeup();
        }
        Future<Void> done = thread.call(() -> {
            if (consumer != null) {
                consumer.close(Duration.ofSeconds(1));
            }
            return null;
        });
        thread.end();
        return done.eventually(topics::close);
    }

    /** Polls for messages below the state's end. */
    Future<Batch> next(TopicState state) {
        return thread.call(() -> poll(state));
    }

    private Void begin(TopicState state) {
        requireOpen();
        if (consumer == null) {
            consumer = new BoundedConsumer(config);
        }
        List<TopicPartition> partitions = state.end().keySet().stream()
                .map(partition -> new TopicPartition(state.topic(), partition))
                .filter(partition -> beginning(state, partition) < end(state, partition))
                .toList();
        consumer.forget(consumer.kafka().assignment());
        consumer.kafka().assign(partitions);
        atEnd = Set.of();
        partitions.forEach(partition -> consumer.seek(partition, beginning(state, partition)));
        return null;
    }

    private Batch poll(TopicState state) {
        requireOpen();
        try {
            List<Message> messages = new ArrayList<>();
            Set<TopicPartition> assigned = consumer.kafka().assignment();
            if (!assigned.isEmpty()) {
                for (Message message : consumer.poll(POLL, atEnd)) {
                    if (message.offset() < state.end().get(message.partition())) {
                        messages.add(message);
                    }
                }
            }
            // By position, since a compacted topic may have no message at the last offsets.
            atEnd = assigned.stream()
                    .filter(partition -> consumer.kafka().position(partition) >= end(state, partition))
                    .collect(Collectors.toUnmodifiableSet());
            return new Batch(messages, atEnd.size() == assigned.size());
        } catch (OffsetOutOfRangeException e) {
            throw new TopicChangedException(
                    "topic " + state.topic() + " no longer has the offsets it had: " + e.offsetOutOfRangePartitions(),
                    e);
        } catch (WakeupException e) {
            throw new IllegalStateException("the reader was closed", e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the reader was closed");
        }
    }

    private static long beginning(TopicState state, TopicPartition partition) {
        return state.beginning().getOrDefault(partition.partition(), 0L);
    }

    private static long end(TopicState state, TopicPartition partition) {
        return state.end().get(partition.partition());
    }
}
