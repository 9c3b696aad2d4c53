package io.alertstream.ingester;

import io.alertstream.ingester.IngesterMetrics.Result;
import io.alertstream.ingester.Offsets.Delivery;
import io.alertstream.kafka.GroupConsumer;
import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from the consumer group and commits their offsets. Consumption pauses while the buffer is full or a
 * dependency is unavailable. For one context.
 */
final class Intake implements GroupConsumer.Listener, Pipeline.Listener {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    /** Memory per message besides its bytes, so that a stream of empty messages is bounded too. */
    private static final int MESSAGE_OVERHEAD_BYTES = 1024;

    private final GroupConsumer consumer;
    private final Offsets offsets = new Offsets();
    private final Totals totals = new Totals();
    private final long bufferBytes;
    private final Pipeline pipeline;
    private final Dependencies dependencies;
    private final Consumer<Throwable> fatal;
    private final Promise<Void> drained = Promise.promise();
    private Future<Void> committing = Future.succeededFuture();
    private long openBytes;
    private long open;
    private boolean paused;
    private volatile boolean stopping;
    private volatile boolean joined;

    /**
     * @param fatal takes a failure that the process can't recover from
     */
    Intake(
            GroupConsumer consumer,
            Pipeline pipeline,
            Dependencies dependencies,
            long bufferBytes,
            Consumer<Throwable> fatal) {
        this.consumer = consumer;
        this.pipeline = pipeline;
        this.dependencies = dependencies;
        this.bufferBytes = bufferBytes;
        this.fatal = fatal;
        dependencies.onChange(this::regulate);
    }

    @Override
    public void messages(List<Message> batch) {
        if (stopping) {
            return;
        }
        List<Delivery> ours = new ArrayList<>(batch.size());
        for (Message message : batch) {
            offsets.begin(message).ifPresent(delivery -> {
                ours.add(delivery);
                open++;
                openBytes += cost(message);
            });
        }
        regulate();
        pipeline.accept(ours, this);
    }

    @Override
    public void assigned(Set<Partition> partitions) {
        log.atInfo().log("partitions assigned: {}", partitions);
        offsets.assigned(partitions);
        joined = true;
    }

    @Override
    public void revoked(Set<Partition> partitions) {
        log.atInfo().log("partitions revoked: {}", partitions);
        offsets.revoked(partitions);
        joined = !offsets.partitions().isEmpty();
    }

    @Override
    public void failed(Throwable cause) {
        if (!stopping) {
            fatal.accept(cause);
        }
    }

    @Override
    public void done(Delivery delivery, Result result, OptionalLong alertId) {
        delivery.done();
        open--;
        openBytes -= cost(delivery.message());
        totals.add(result, delivery.message().bytes(), alertId);
        regulate();
        if (stopping && open == 0) {
            drained.tryComplete();
        }
    }

    private static long cost(Message message) {
        return (long) message.bytes() + MESSAGE_OVERHEAD_BYTES;
    }

    /** Pauses or resumes consumption. Called after every change that matters to it. */
    private void regulate() {
        // Resumes when half the buffer is free, so that consumption doesn't pause and resume for each message.
        boolean full = openBytes >= bufferBytes || (paused && openBytes > bufferBytes / 2);
        boolean pause = stopping || full || !dependencies.available();
        if (pause != paused) {
            paused = pause;
            if (pause) {
                consumer.pause();
            } else {
                consumer.resume();
            }
        }
    }

    /**
     * Commits the offsets of durable messages, one commit at a time.
     *
     * @return whether there was something to commit; succeeds even if Kafka didn't accept the commit, since the
     *     next one includes it, and redelivery is harmless
     */
    Future<Boolean> commit() {
        if (!committing.isComplete()) {
            return committing.compose(before -> commit());
        }
        Offsets.Commit commit = offsets.commit();
        if (commit.offsets().isEmpty()) {
            return Future.succeededFuture(false);
        }
        Future<Void> attempt = consumer.commit(commit.offsets());
        committing = attempt.otherwiseEmpty();
        return attempt.map(done -> {
                    commit.succeeded();
                    return true;
                })
                .recover(failure -> {
                    if (RefusedException.in(failure)) {
                        failed(failure);
                    } else {
                        log.warn(
                                "commit failed: {}; the next commit includes these offsets, or their messages are"
                                        + " redelivered",
                                failure.getMessage());
                    }
                    return Future.succeededFuture(false);
                });
    }

    /** Stops consuming; succeeds when everything consumed so far is durable. */
    Future<Void> drain() {
        stopping = true;
        regulate();
        if (open == 0) {
            drained.tryComplete();
        }
        return drained.future();
    }

    /** Whether this member is in its group and not stopping. Safe to call from any thread. */
    boolean joined() {
        return joined && !stopping;
    }

    /** Messages that aren't durable yet. */
    long open() {
        return open;
    }

    /** Bytes of messages that aren't durable yet. */
    long openBytes() {
        return openBytes;
    }

    Offsets offsets() {
        return offsets;
    }

    Totals totals() {
        return totals;
    }
}
