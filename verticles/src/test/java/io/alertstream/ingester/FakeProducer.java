package io.alertstream.ingester;

import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.MessageTooLargeException;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.Position;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Records the messages sent; fails as often as the test asks. */
final class FakeProducer implements MessageProducer {

    final List<NewMessage> sent = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
    volatile int maxBytes = Integer.MAX_VALUE;
    /** If set, sends are acknowledged only once this completes. */
    volatile Promise<Void> hold;

    final AtomicInteger held = new AtomicInteger();
    volatile Runnable onHeld = () -> {};
    volatile RuntimeException failure = new IllegalStateException("no broker");

    @Override
    public Future<Position> send(NewMessage message) {
        Promise<Void> until = hold;
        if (until != null) {
            held.incrementAndGet();
            onHeld.run();
            return until.future().compose(now -> deliver(message));
        }
        return deliver(message);
    }

    private Future<Position> deliver(NewMessage message) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Future.failedFuture(failure);
        }
        if (message.value() != null && message.value().length > maxBytes) {
            return Future.failedFuture(new MessageTooLargeException("sending to " + message.topic(), null));
        }
        sent.add(message);
        return Future.succeededFuture(new Position(message.topic(), 0, sent.size() - 1));
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public Future<Void> whenNotFull() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> flush() {
        return Future.succeededFuture();
    }

    @Override
    public long unackedBytes() {
        return 0;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
