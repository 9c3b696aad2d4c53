package io.alertstream.kafka;

import io.alertstream.kafka.Lags.Progress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's consumer in a group, on a thread of its own. The thread takes turns: a poll, then whatever else was asked for
 * meanwhile. After a poll that brought messages, the next turn follows when the listener has taken them. While paused it
 * polls on with every partition paused, which keeps it in its group.
 */
final class GroupMember implements GroupConsumer {

    private static final Logger log = LoggerFactory.getLogger(GroupMember.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final String group;
    private final Map<String, Object> config;
    private final Lags lags;
    private final Failures failures;
    private final ClientThread thread;
    private final Map<TopicPartition, Long> lastTimestamps = new HashMap<>(); // On the thread, as is the consumer.
    private Consumer<byte[], byte[]> consumer;
    private Listener listener;
    private Context context;
    private boolean pausedNow;
    private boolean ended;
    private volatile boolean paused;
    private volatile Set<String> topics = Set.of();

    GroupMember(Vertx vertx, String group, Map<String, Object> config, Lags lags, Failures failures) {
        this.vertx = vertx;
        this.group = group;
        this.config = config;
        this.lags = lags;
        this.failures = failures;
        this.thread = new ClientThread(vertx, "kafka-member");
    }

    @Override
    public Future<Void> subscribe(Set<String> names, Listener told) {
        Context here = vertx.getOrCreateContext();
        topics = Set.copyOf(names);
        return thread.call(() -> {
                    context = here;
                    listener = told;
                    consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    consumer.subscribe(names, new Rebalances());
                    thread.execute(this::turn);
                    return (Void) null;
                })
                .recover(e -> Future.failedFuture(failures.of("joining group " + group, e)));
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public Future<Void> commit(Map<Partition, Long> nextOffsets) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        nextOffsets.forEach((partition, next) ->
                offsets.put(new TopicPartition(partition.topic(), partition.partition()), new OffsetAndMetadata(next)));
        return thread.<Void>ask(promise -> commitOnThread(offsets, promise))
                .recover(e -> Future.failedFuture(failures.of("committing for group " + group, e)));
    }

    @Override
    public Future<Lag> lag() {
        return thread.call(this::progress)
                .compose(progress -> lags.of(topics, progress))
                .recover(e -> Future.failedFuture(failures.of("asking for the lag of group " + group, e)));
    }

    @Override
    public Future<Void> close() {
        Future<Void> closed = thread.call(() -> {
            ended = true;
            if (consumer != null) {
                consumer.close(CloseOptions.timeout(LEAVE_LIMIT));
            }
            return null;
        });
        thread.end();
        return closed.eventually(lags::close);
    }

    private void turn() {
        if (ended) {
            return;
        }
        try {
            obeyPause();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                handOver(records);
                return;
            }
        } catch (NoOffsetForPartitionException e) {
            consumer.seekToBeginning(e.partitions());
        } catch (OffsetOutOfRangeException e) {
            beginAgain(e.offsetOutOfRangePartitions());
        } catch (RetriableException e) {
            log.atWarn().addKeyValue("group", group).setCause(e).log("Kafka doesn't answer, asking again");
        } catch (RuntimeException e) {
            ended = true;
            RuntimeException failure = failures.of("reading in group " + group, e);
            context.runOnContext(told -> listener.failed(failure));
            return;
        }
        nextTurn();
    }

    private void nextTurn() {
        try {
            thread.execute(this::turn);
        } catch (RejectedExecutionException e) {
            log.atDebug().log("closed meanwhile");
        }
    }

    private void handOver(ConsumerRecords<byte[], byte[]> records) {
        records.partitions().forEach(partition -> {
            List<?> ofPartition = records.records(partition);
            lastTimestamps.put(
                    partition,
                    records.records(partition).get(ofPartition.size() - 1).timestamp());
        });
        List<Message> batch = Messages.of(records);
        context.runOnContext(taken -> {
            try {
                listener.messages(batch);
            } finally {
                nextTurn();
            }
        });
    }

    private void obeyPause() {
        if (paused != pausedNow) {
            pausedNow = !pausedNow;
            if (pausedNow) {
                consumer.pause(consumer.assignment());
            } else {
                consumer.resume(consumer.assignment());
            }
        }
    }

    /** Retention was quicker than this group, or the topic was recreated shorter: what is gone is said, and the rest read. */
    private void beginAgain(Map<TopicPartition, Long> wanted) {
        wanted.forEach((partition, offset) -> log.atError()
                .addKeyValue("topic", partition.topic())
                .addKeyValue("partition", partition.partition())
                .addKeyValue("offset", offset)
                .addKeyValue("group", group)
                .log("the next offset to read is gone, messages were deleted before they were read: "
                        + "going on at the first that is there"));
        consumer.seekToBeginning(wanted.keySet());
    }

    private void commitOnThread(Map<TopicPartition, OffsetAndMetadata> offsets, Promise<Void> promise) {
        requireMember();
        consumer.commitAsync(offsets, (committed, failure) -> {
            if (failure == null) {
                promise.complete();
            } else {
                promise.fail(failure);
            }
        });
    }

    private List<Progress> progress() {
        requireMember();
        List<Progress> progress = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            try {
                progress.add(new Progress(
                        partition,
                        consumer.position(partition, Duration.ZERO),
                        lastTimestamps.getOrDefault(partition, Progress.NO_TIME)));
            } catch (TimeoutException | InvalidOffsetException e) {
                log.atDebug().addKeyValue("partition", partition).log("not known yet where it begins");
            }
        }
        return progress;
    }

    private void requireMember() {
        if (ended || consumer == null) {
            throw new IllegalStateException("not a member of the group");
        }
    }

    private final class Rebalances implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (pausedNow) {
                consumer.pause(partitions);
            }
            tell(partitions, true);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            lastTimestamps.keySet().removeAll(partitions);
            tell(partitions, false);
        }

        private void tell(Collection<TopicPartition> partitions, boolean came) {
            Set<Partition> ours = partitions.stream()
                    .map(partition -> new Partition(partition.topic(), partition.partition()))
                    .collect(Collectors.toUnmodifiableSet());
            context.runOnContext(told -> {
                if (came) {
                    listener.assigned(ours);
                } else {
                    listener.revoked(ours);
                }
            });
        }
    }
}
