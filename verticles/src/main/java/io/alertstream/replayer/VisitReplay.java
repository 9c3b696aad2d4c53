package io.alertstream.replayer;

import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.Position;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.VisitHeaders;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Replays one visit: reads it ahead of time, holds each message until it is due, and sends it.
 *
 * <p>Messages wait in one queue, ordered by due time, with one timer for its head; all messages due by then are sent
 * together. The queue is bounded in bytes, and reading pauses while it is full. A topic that isn't ordered by due time
 * is therefore sorted only within that bound; messages beyond it are sent late, never early.
 */
final class VisitReplay {

    /**
     * A visit that was copied completely.
     *
     * @param pause how long its alerts were held back on purpose
     */
    record Replayed(long alerts, long bytes, long firstSentLateNanos, Duration pause) {}

    private record Due(long nanos, long number, NewMessage message) {

        private static final Comparator<Due> ORDER =
                Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number);
    }

    private final Timers timers;
    private final MessageProducer producer;
    private final Preparation preparation;
    private final Stragglers stragglers;
    private final ReplayTarget target;
    private final ReplayerMeters meters;
    private final long startNanos;
    private final long readAheadBytes;

    private final PriorityQueue<Due> waiting = new PriorityQueue<>(Due.ORDER);
    private long waitingBytes;
    private Runnable timer = () -> {};
    private long timerNanos = Long.MAX_VALUE;
    private boolean awaitingProducer;

    /** Completes when there is room for the next message; null unless {@link #take} is waiting for that. */
    private Promise<Void> room;

    /** Completes when the last message has been sent; fails if the visit is stopped before that. */
    private final Promise<Void> drained = Promise.promise();

    private boolean readToEnd;
    private Throwable failure;

    private byte[] lastOffset = {};
    private long lastOffsetNanos;
    private long taken;
    private long sent;
    private long sentBytes;
    private final Acknowledgements answers = new Acknowledgements();
    private long firstSentLateNanos;

    VisitReplay(
            Timers timers,
            MessageProducer producer,
            Preparation preparation,
            Stragglers stragglers,
            ReplayTarget target,
            ReplayerMeters meters,
            long startNanos,
            long readAheadBytes) {
        this.timers = timers;
        this.producer = producer;
        this.preparation = preparation;
        this.stragglers = stragglers;
        this.target = target;
        this.meters = meters;
        this.startNanos = startNanos;
        this.readAheadBytes = readAheadBytes;
    }

    /**
     * Copies the visit.
     *
     * @return succeeds when every message was acknowledged; fails if one couldn't be read or wasn't acknowledged.
     *     Either way it completes only after every message sent has been acknowledged or refused
     */
    Future<Replayed> run(TopicReader reader, StaticVisit visit) {
        return visit.read(reader, this::take)
                .compose(read -> {
                    readToEnd = true;
                    pump();
                    return drained.future();
                })
                .transform(end -> {
                    stop(end.cause());
                    return producer.flush().transform(flushed -> answers.all().transform(all -> whole(flushed)));
                });
    }

    /** Stops sending; the visit fails with the cause. Does nothing if the visit has ended or the cause is null. */
    void stop(Throwable cause) {
        if (cause != null && failure == null) {
            failure = cause;
            timer.run();
            waiting.clear();
            waitingBytes = 0;
            drained.tryFail(cause);
            if (room != null) {
                room.tryFail(cause);
            }
        }
    }

    /** Whether a message has been sent. */
    boolean begun() {
        return sent > 0;
    }

    long sent() {
        return sent;
    }

    private Future<Replayed> whole(AsyncResult<Void> flushed) {
        if (failure == null && flushed.failed()) {
            failure = flushed.cause();
        }
        if (failure == null && answers.acknowledged() != taken) {
            failure = new IllegalStateException("expected %d acknowledgements of %s, got %d"
                    .formatted(taken, target.topic(), answers.acknowledged()));
        }
        if (failure != null) {
            preparation.dropped();
            return Future.failedFuture(failure);
        }
        return Future.succeededFuture(
                new Replayed(answers.acknowledged(), sentBytes, firstSentLateNanos, preparation.pause()));
    }

    private Future<Void> take(Message message) {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        long dueNanos;
        try {
            dueNanos = startNanos + offsetNanos(message);
        } catch (IllegalArgumentException e) {
            stop(e);
            return Future.failedFuture(e);
        }
        return preparation.of(message, dueNanos).compose(prepared -> take(message, dueNanos, prepared), e -> {
            stop(e);
            return Future.failedFuture(failure);
        });
    }

    private Future<Void> take(Message message, long dueNanos, List<Outgoing> prepared) {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        for (Outgoing outgoing : prepared) {
            NewMessage next = message(message, outgoing);
            long due = dueNanos + outgoing.delay().toNanos();
            if (outgoing.outlivesVisit()) {
                stragglers.add(next, due);
            } else {
                waiting.add(new Due(due, taken++, next));
                waitingBytes += next.bytes();
            }
        }
        pump();
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (hasRoom()) {
            return Future.succeededFuture();
        }
        room = Promise.promise();
        return room.future();
    }

    /** The partition in the replay topic is chosen when the message is sent. */
    private NewMessage message(Message message, Outgoing outgoing) {
        return new NewMessage(
                outgoing.topic().orElse(target.topic()),
                null,
                message.key(),
                outgoing.value(),
                message.headers().without(name -> name.startsWith(VisitHeaders.PREFIX)));
    }

    /** The message's offset from the visit's start; 0 if it has none. */
    private long offsetNanos(Message message) {
        byte[] header = message.headers().last(VisitHeaders.TIME_OFFSET);
        if (header == null) {
            return 0;
        }
        // Consecutive alerts mostly have the same time, because a visit is one exposure.
        if (!Arrays.equals(header, lastOffset)) {
            try {
                lastOffsetNanos = VisitHeaders.timeOffsetNanos(header);
            } catch (IllegalArgumentException e) {
                Position position = new Position(message.topic(), message.partition(), message.offset());
                throw new IllegalArgumentException(position + ": " + e.getMessage(), e);
            }
            lastOffset = header;
        }
        return lastOffsetNanos;
    }

    private boolean hasRoom() {
        return waitingBytes < readAheadBytes && !awaitingProducer;
    }

    /** Sends the messages that are due until the producer is full, and schedules another call for the rest. */
    private void pump() {
        while (!waiting.isEmpty()
                && waiting.peek().nanos() <= timers.nanos()
                && !producer.isFull()
                && failure == null) {
            send(waiting.poll());
        }
        if (failure != null) {
            return;
        }
        if (!waiting.isEmpty()) {
            callAgain(waiting.peek().nanos());
        } else if (readToEnd && timers.nanos() < startNanos) {
            // A visit that publishes nothing still lasts until its start.
            callAgain(startNanos);
        } else if (readToEnd) {
            drained.tryComplete();
        } else if (producer.isFull()) {
            awaitProducer();
        }
        if (room != null && hasRoom()) {
            Promise<Void> waiter = room;
            room = null;
            waiter.complete();
        }
    }

    private void callAgain(long dueNanos) {
        if (dueNanos <= timers.nanos()) {
            awaitProducer();
        } else if (dueNanos < timerNanos) {
            timer.run();
            timerNanos = dueNanos;
            timer = timers.at(dueNanos, () -> {
                timerNanos = Long.MAX_VALUE;
                pump();
            });
        }
    }

    private void awaitProducer() {
        if (!awaitingProducer) {
            awaitingProducer = true;
            producer.whenNotFull().onComplete(notFull -> {
                awaitingProducer = false;
                pump();
            });
        }
    }

    private void send(Due due) {
        NewMessage message = due.message();
        int bytes = message.bytes();
        if (sent == 0) {
            firstSentLateNanos = timers.nanos() - due.nanos();
        }
        sent++;
        answers.expect();
        sentBytes += bytes;
        waitingBytes -= bytes;
        meters.inFlight(bytes);
        boolean replay = message.topic().equals(target.topic());
        producer.send(replay ? message.to(target.partitionFor(bytes)) : message).onComplete(result -> {
            meters.inFlight(-bytes);
            if (result.succeeded()) {
                meters.copied(bytes);
            } else {
                stop(result.cause());
            }
            answers.answered(result.succeeded());
        });
    }
}
