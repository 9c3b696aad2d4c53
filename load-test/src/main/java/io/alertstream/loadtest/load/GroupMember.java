package io.alertstream.loadtest.load;

import io.alertstream.loadtest.measure.Meter;
import io.alertstream.loadtest.target.Targets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * One consumer of a group, on its own thread. It reads every byte and checks Kafka's checksums, but doesn't copy the
 * alerts out of what was fetched: what a community broker does with them isn't the cluster's cost.
 */
final class GroupMember {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final String topic;
    private final String group;
    private final boolean fromStart;
    private final Meter meter;
    private final CountDownLatch joined;
    private final Thread thread;
    private boolean isJoined;
    private volatile long releaseNanos;
    private volatile boolean released;
    private volatile boolean draining;
    private volatile boolean stopped;
    private volatile long lag;
    private volatile Optional<String> failure = Optional.empty();

    GroupMember(Targets targets, String group, boolean fromStart, Meter meter, CountDownLatch joined) {
        topic = targets.topic();
        this.group = group;
        this.fromStart = fromStart;
        this.meter = meter;
        this.joined = joined;
        consumer = new KafkaConsumer<>(
                targets.kafka()
                        .with(Map.of(
                                "group.id",
                                group,
                                "client.id",
                                group,
                                "auto.offset.reset",
                                fromStart ? "earliest" : "latest",
                                "max.partition.fetch.bytes",
                                String.valueOf(4 << 20),
                                "receive.buffer.bytes",
                                "-1",
                                "send.buffer.bytes",
                                "-1")),
                new ByteBufferDeserializer(),
                new ByteBufferDeserializer());
        thread = new Thread(this::consume, group);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void consume() {
        try (consumer) {
            consumer.subscribe(List.of(topic), new HoldBacklog());
            Map<TopicPartition, Long> end = null;
            while (!stopped && !isDrained(end)) {
                for (ConsumerRecord<ByteBuffer, ByteBuffer> message : consumer.poll(POLL)) {
                    count(message);
                }
                tellJoined();
                if (isReleased()) {
                    consumer.resume(consumer.paused());
                }
                if (draining && end == null) {
                    end = consumer.endOffsets(consumer.assignment());
                }
                lag = currentLag();
            }
        } catch (InterruptException e) {
            stopped = true; // on request
        } catch (RuntimeException e) {
            failure = Optional.of(group + " can't continue reading: " + e.getMessage());
            meter.failed(e.getClass().getSimpleName());
            if (!isJoined) {
                joined.countDown(); // it failed, so stop waiting for it
            }
        }
    }

    /** A backlog isn't read before the run begins; newly published alerts are read at once. */
    private final class HoldBacklog implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (fromStart && !isReleased()) {
                consumer.pause(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Their contents aren't used.
        }
    }

    private void count(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        long now = System.nanoTime();
        int size = message.value() == null ? 0 : message.value().remaining();
        if (fromStart) {
            meter.count(now, now, size);
        } else {
            long millis = Math.max(0, System.currentTimeMillis() - message.timestamp());
            meter.done(now - TimeUnit.MILLISECONDS.toNanos(millis), now, size);
        }
    }

    private void tellJoined() {
        if (!isJoined && !consumer.assignment().isEmpty()) {
            consumer.assignment().forEach(consumer::position);
            isJoined = true;
            joined.countDown();
        }
    }

    private boolean isDrained(Map<TopicPartition, Long> end) {
        return end != null
                && !consumer.assignment().isEmpty() // it may be empty while another member leaves
                && end.entrySet().stream()
                        .filter(partition -> consumer.assignment().contains(partition.getKey()))
                        .allMatch(partition -> consumer.position(partition.getKey()) >= partition.getValue());
    }

    private long currentLag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** Begins reading the backlog at a time of {@link System#nanoTime}. */
    void release(long atNanos) {
        releaseNanos = atNanos;
        released = true;
    }

    private boolean isReleased() {
        return released && System.nanoTime() - releaseNanos >= 0;
    }

    /** Ends once everything that exists now is read. */
    void drain() {
        draining = true;
    }

    void join(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join(Duration.ofSeconds(10).toMillis());
    }

    /** Why it ended early; empty if it didn't. */
    Optional<String> failure() {
        return failure;
    }

    /** What it hasn't read, as far as it knows; unreliable after a failure. */
    long lag() {
        return lag;
    }
}
