package io.alertstream.ingester;

import io.alertstream.kafka.GroupConsumer;
import io.alertstream.kafka.Lag;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A consumer group of one member, whose messages come from the test. Everything runs on the caller's context. */
final class FakeConsumer implements GroupConsumer {

    Listener listener;
    volatile boolean paused;
    volatile RuntimeException commitFailure;
    volatile Duration sinceLastPoll = Duration.ZERO;
    volatile Future<Lag> lag = Future.succeededFuture(Lag.NONE);
    private final AtomicInteger lagAsked = new AtomicInteger();
    private final AtomicInteger commitsFailed = new AtomicInteger();
    final Map<Partition, Long> committed = new ConcurrentHashMap<>();
    private final List<Runnable> onChange = new ArrayList<>();

    @Override
    public Future<Void> subscribe(Set<String> topics, Listener to) {
        listener = to;
        return Future.succeededFuture();
    }

    @Override
    public void pause() {
        paused = true;
        changed();
    }

    @Override
    public void resume() {
        paused = false;
        changed();
    }

    @Override
    public Future<Void> commit(Map<Partition, Long> nextOffsets) {
        RuntimeException failure = commitFailure;
        if (failure != null) {
            commitsFailed.incrementAndGet();
            changed();
            return Future.failedFuture(failure);
        }
        committed.putAll(nextOffsets);
        changed();
        return Future.succeededFuture();
    }

    /** Completes when the partition is committed up to an offset. */
    Future<Void> committed(int partition, long next) {
        return when(() -> committed.getOrDefault(new Partition(SmallAlerts.TOPIC, partition), -1L) >= next);
    }

    /** Completes when this many commits have failed since the start. */
    Future<Void> commitsFailed(int commits) {
        return when(() -> commitsFailed.get() >= commits);
    }

    /** Completes when consumption is paused or resumed. */
    Future<Void> paused(boolean wanted) {
        return when(() -> paused == wanted);
    }

    /** Completes after this many more lag lookups. */
    Future<Void> lagAsked(int more) {
        int wanted = lagAsked.get() + more;
        return when(() -> lagAsked.get() >= wanted);
    }

    private Future<Void> when(BooleanSupplier condition) {
        Promise<Void> promise = Promise.promise();
        Runnable check = () -> {
            if (condition.getAsBoolean()) {
                promise.tryComplete();
            }
        };
        synchronized (onChange) {
            onChange.add(check);
        }
        check.run();
        return promise.future();
    }

    private void changed() {
        List<Runnable> checks;
        synchronized (onChange) {
            checks = List.copyOf(onChange);
        }
        checks.forEach(Runnable::run);
    }

    @Override
    public Future<Lag> lag() {
        lagAsked.incrementAndGet();
        changed();
        return lag;
    }

    @Override
    public Duration sinceLastPoll() {
        return sinceLastPoll;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
