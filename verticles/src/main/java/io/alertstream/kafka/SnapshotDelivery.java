package io.alertstream.kafka;

import io.alertstream.kafka.SnapshotReader.Batch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Delivers the messages of one topic state, on the reader's context. Kafka's consumer follows a topic's name, so the
 * topic's id is compared after each fetch, before its messages are delivered: messages of a recreated topic are never
 * mixed with those of the old one.
 */
final class SnapshotDelivery {

    private static final long LOOK_AGAIN_MILLIS = 250;

    /** Marks the handler's failure, which is passed on unchanged. */
    private static final class HandlerException extends RuntimeException {

        private static final long serialVersionUID = 1;

        HandlerException(Throwable cause) {
            super(cause);
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final SnapshotReader reader;
    private final KafkaTopics topics;
    private final TopicState state;
    private final Function<Message, Future<Void>> handler;
    private final Promise<Long> done = Promise.promise();
    private long handedOver;
    private long lastAnswer = System.nanoTime();

    SnapshotDelivery(
            Vertx vertx,
            SnapshotReader reader,
            KafkaTopics topics,
            TopicState state,
            Function<Message, Future<Void>> handler) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.reader = reader;
        this.topics = topics;
        this.state = state;
        this.handler = handler;
    }

    static boolean isHandlers(Throwable failure) {
        return failure instanceof HandlerException;
    }

    Future<Long> start() {
        next();
        return done.future();
    }

    private void next() {
        reader.next(state).onSuccess(this::compareId).onFailure(done::fail);
    }

    private void compareId(Batch batch) {
        topics.id(state.topic()).onComplete(looked -> {
            if (looked.succeeded()) {
                lastAnswer = System.nanoTime();
                handOver(batch, looked.result());
            } else if (looked.cause() instanceof RetriableException && patient()) {
                vertx.setTimer(LOOK_AGAIN_MILLIS, timer -> compareId(batch));
            } else {
                done.fail(looked.cause());
            }
        });
    }

    private boolean patient() {
        return System.nanoTime() - lastAnswer < ClientConfig.PATIENCE.toNanos();
    }

    private void handOver(Batch batch, Optional<String> id) {
        if (id.isEmpty()) {
            done.fail(new TopicChangedException("topic " + state.topic() + " was deleted"));
        } else if (!id.get().equals(state.topicId())) {
            done.fail(new TopicChangedException("topic " + state.topic() + " was recreated: expected id "
                    + state.topicId() + ", found " + id.get()));
        } else {
            handOver(batch.messages().iterator(), batch.last());
        }
    }

    /** Loops while the handler completes at once, so that the stack doesn't grow. */
    private void handOver(Iterator<Message> messages, boolean last) {
        while (messages.hasNext()) {
            Future<Void> handled = handle(messages.next());
            if (!handled.isComplete()) {
                handled.onComplete(ended -> context.runOnContext(back -> {
                    if (goOn(handled)) {
                        handOver(messages, last);
                    }
                }));
                return;
            }
            if (!goOn(handled)) {
                return;
            }
        }
        if (last) {
            done.complete(handedOver);
        } else {
            next();
        }
    }

    private Future<Void> handle(Message message) {
        try {
            return handler.apply(message);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private boolean goOn(Future<Void> handled) {
        if (handled.failed()) {
            done.fail(new HandlerException(handled.cause()));
            return false;
        }
        handedOver++;
        return true;
    }
}
