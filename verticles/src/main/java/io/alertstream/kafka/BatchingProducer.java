package io.alertstream.kafka;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's producer in a Vert.x write stream, whose worker makes the blocking calls: for metadata, or for room in the
 * buffer. Batches are large, and retries are idempotent, so a temporarily unavailable broker costs only time.
 *
 * <p>The stream counts only the bytes of values, and never subtracts those of a send that throws, so {@link Unacked}
 * counts instead. Messages are sent in the order of the calls, from any thread.
 */
final class BatchingProducer implements MessageProducer {

    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(15);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Map<String, Object> config;
    private final KafkaFailures failures;
    private final Unacked unacked;
    private Future<KafkaWriteStream<byte[], byte[]>> stream;
    private boolean closed;

    BatchingProducer(Vertx vertx, Map<String, Object> config, long maxUnackedBytes, KafkaFailures failures) {
        this.vertx = vertx;
        this.config = config;
        this.failures = failures;
        this.unacked = new Unacked(maxUnackedBytes);
    }

    @Override
    public Future<Position> send(NewMessage message) {
        long bytes = bytes(message);
        unacked.add(bytes);
        return send(record(message))
                .onComplete(sent -> unacked.remove(bytes))
                .map(sent -> new Position(message.topic(), sent.partition(), sent.offset()))
                .recover(failure -> Future.failedFuture(failures.of("sending to " + message.topic(), failure)));
    }

    private synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message) {
        return stream().compose(open -> open.send(message));
    }

    /** Created with the first message and on a worker, since creation looks hosts up and may fail. */
    private Future<KafkaWriteStream<byte[], byte[]>> stream() {
        if (closed) {
            return Future.failedFuture(new IllegalStateException("the producer is closed"));
        }
        if (stream == null || stream.failed()) {
            Promise<KafkaWriteStream<byte[], byte[]>> opened = Promise.promise();
            stream = opened.future();
            vertx.executeBlocking(this::open, false).onComplete(result -> completeInOrder(opened, result));
        }
        return stream;
    }

    /**
     * A future is complete before its handlers have run. They send the messages that waited for the stream, and under
     * the lock no later message or flush can overtake them.
     */
    private synchronized <T> void completeInOrder(Promise<T> promise, AsyncResult<T> result) {
        promise.handle(result);
    }

    private KafkaWriteStream<byte[], byte[]> open() {
        ByteArraySerializer bytes = new ByteArraySerializer();
        // Without a handler, each failure that a sender has handled is reported as an unhandled one too.
        return KafkaWriteStream.create(vertx, new KafkaProducer<>(config, bytes, bytes))
                .exceptionHandler(failure -> {});
    }

    @Override
    public boolean isFull() {
        return unacked.full();
    }

    @Override
    public long unackedBytes() {
        return unacked.bytes();
    }

    @Override
    public Future<Void> whenNotFull() {
        if (!unacked.full()) {
            return Future.succeededFuture();
        }
        Context context = vertx.getOrCreateContext();
        Promise<Void> promise = Promise.promise();
        unacked.whenNotFull(() -> context.runOnContext(room -> promise.complete()));
        return promise.future();
    }

    @Override
    public synchronized Future<Void> flush() {
        return stream == null ? Future.succeededFuture() : stream.compose(KafkaWriteStream::flush);
    }

    @Override
    public synchronized Future<Void> close() {
        closed = true;
        return flush().timeout(FLUSH_LIMIT.toMillis(), TimeUnit.MILLISECONDS).eventually(this::closeStream);
    }

    /** Not through the stream, where closing would wait for a send that waits for a broker. This aborts such a send. */
    private synchronized Future<Void> closeStream() {
        return stream == null
                ? Future.succeededFuture()
                : stream.compose(open -> vertx.executeBlocking(
                        () -> {
                            open.unwrap().close(CLOSE_LIMIT);
                            return null;
                        },
                        false));
    }

    private static ProducerRecord<byte[], byte[]> record(NewMessage message) {
        RecordHeaders headers = new RecordHeaders();
        message.headers().forEach(header -> headers.add(header.name(), header.value()));
        return new ProducerRecord<>(message.topic(), message.partition(), message.key(), message.value(), headers);
    }

    private static long bytes(NewMessage message) {
        return message.headers().bytes() + bytes(message.key()) + bytes(message.value());
    }

    private static long bytes(byte[] part) {
        return part == null ? 0 : part.length;
    }
}
