package io.alertstream.kafka;

import io.alertstream.kafka.Lags.Progress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's consumer in a group, on a thread of its own. The thread alternates between a poll and the tasks submitted
 * meanwhile. After a poll with messages, the next one follows when the listener has accepted them. While paused it
 * keeps polling with all partitions paused, which keeps it in its group.
 */
final class KafkaGroupConsumer implements GroupConsumer {

    private static final Logger log = LoggerFactory.getLogger(KafkaGroupConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(5);

    /** Whether the consumer is in its group. */
    private sealed interface State {}

    /** Not subscribed yet, closed, or failed. */
    private record Outside() implements State {}

    /** Polling, with a listener that is called on a context. */
    private record Member(BoundedConsumer consumer, MemberPositions places, Listener listener, Context context)
            implements State {

        void notifyListener(java.util.function.Consumer<Listener> event) {
            context.runOnContext(now -> event.accept(listener));
        }
    }

    private final Vertx vertx;
    private final String group;
    private final Map<String, Object> config;
    private final KafkaTopics ids;
    private final Lags lags;
    private final KafkaFailures failures;
    private final ClientThread thread;
    private State state = new Outside(); // On the thread.
    private volatile boolean paused;
    private volatile Set<String> topics = Set.of();
    private volatile long lastTurn;

    KafkaGroupConsumer(
            Vertx vertx, String group, Map<String, Object> config, KafkaTopics ids, Lags lags, KafkaFailures failures) {
        this.vertx = vertx;
        this.group = group;
        this.config = config;
        this.ids = ids;
        this.lags = lags;
        this.failures = failures;
        this.thread = new ClientThread(vertx, "kafka-member");
    }

    @Override
    public Future<Void> subscribe(Set<String> names, Listener listener) {
        Context context = vertx.getOrCreateContext();
        topics = Set.copyOf(names);
        return thread.call(() -> {
                    BoundedConsumer consumer = new BoundedConsumer(config);
                    MemberPositions places = new MemberPositions(consumer, ids::id, this::recreated, Clock.systemUTC());
                    Member member = new Member(consumer, places, listener, context);
                    state = member;
                    consumer.kafka().subscribe(names, new Rebalances(member));
                    lastTurn = System.nanoTime();
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
        return thread.<Void>ask(promise -> commitOnThread(nextOffsets, promise))
                .recover(e -> Future.failedFuture(failures.of("committing for group " + group, e)));
    }

    @Override
    public Future<Lag> lag() {
        return thread.call(this::progress)
                .compose(progress -> lags.of(topics, progress))
                .recover(e -> Future.failedFuture(failures.of("asking for the lag of group " + group, e)));
    }

    @Override
    public Duration sinceLastPoll() {
        return lastTurn == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastTurn);
    }

    @Override
    public Future<Void> close() {
        Future<Void> closed = thread.call(() -> {
            if (state instanceof Member member) {
                state = new Outside();
                member.consumer().close(LEAVE_LIMIT);
            }
            return null;
        });
        thread.end();
        return closed.eventually(lags::close);
    }

    private void turn() {
        if (!(state instanceof Member member)) {
            return;
        }
        try {
            List<Message> messages = poll(member);
            lastTurn = System.nanoTime();
            if (!messages.isEmpty()) {
                handOver(member, messages);
                return;
            }
        } catch (RetriableException e) {
            String reason = failures.of("reading in group " + group, e).getMessage();
            log.atWarn().addKeyValue("group", group).log("Kafka unavailable, polling again: {}", reason);
        } catch (Throwable e) { // An Error must not end polling silently.
            state = new Outside();
            RuntimeException failure = failures.of("reading in group " + group, e);
            member.notifyListener(listener -> listener.failed(failure));
            return;
        }
        nextTurn();
    }

    private List<Message> poll(Member member) {
        Consumer<byte[], byte[]> kafka = member.consumer().kafka();
        member.places().look();
        try {
            List<Message> messages = member.consumer()
                    .poll(POLL, paused ? kafka.assignment() : member.places().unknown());
            member.places().handedOver(messages);
            return messages;
        } catch (NoOffsetForPartitionException e) {
            kafka.seekToBeginning(e.partitions());
        } catch (OffsetOutOfRangeException e) {
            member.places().expired(e.offsetOutOfRangePartitions());
        }
        return List.of();
    }

    private void nextTurn() {
        try {
            thread.execute(this::turn);
        } catch (RejectedExecutionException e) {
            log.atDebug().log("closed meanwhile");
        }
    }

    private void handOver(Member member, List<Message> messages) {
        member.notifyListener(listener -> {
            try {
                listener.messages(messages);
            } catch (Throwable e) {
                listener.failed(e);
            } finally {
                nextTurn();
            }
        });
    }

    /** The listener drops its messages of the old topic; until then nothing is committed for the new one. */
    private void recreated(Set<TopicPartition> partitions) {
        Member member = requireMember();
        Set<Partition> ours = ours(partitions);
        member.notifyListener(listener -> {
            listener.revoked(ours);
            listener.assigned(ours);
            try {
                thread.execute(() -> member.places().recreationIsKnown(partitions));
            } catch (RejectedExecutionException e) {
                log.atDebug().log("closed meanwhile");
            }
        });
    }

    private void commitOnThread(Map<Partition, Long> nextOffsets, Promise<Void> promise) {
        Member member = requireMember();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        nextOffsets.forEach((partition, next) -> {
            TopicPartition key = new TopicPartition(partition.topic(), partition.partition());
            member.places().commit(key, next).ifPresent(offset -> offsets.put(key, offset));
        });
        member.consumer().kafka().commitAsync(offsets, (committed, failure) -> {
            if (failure == null) {
                promise.complete();
            } else {
                promise.fail(failure);
            }
        });
    }

    private List<Progress> progress() {
        return requireMember().places().progress();
    }

    private Member requireMember() {
        if (state instanceof Member member) {
            return member;
        }
        throw new IllegalStateException("not a member of the group");
    }

    private static Set<Partition> ours(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> new Partition(partition.topic(), partition.partition()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private record Rebalances(Member member) implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            member.places().assigned(partitions);
            Set<Partition> ours = ours(partitions);
            member.notifyListener(listener -> listener.assigned(ours));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            member.places().revoked(partitions);
            Set<Partition> ours = ours(partitions);
            member.notifyListener(listener -> listener.revoked(ours));
        }
    }
}
