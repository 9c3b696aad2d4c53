package io.alertstream.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's producer on a thread of its own, since its {@code send} blocks while it waits for metadata or for its buffer.
 * Large batches; retries with idempotence, so that a broker that is away for a while costs time and nothing else.
 */
final class BatchingProducer implements MessageProducer {

    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final Failures failures;
    private final ClientThread thread;
    private final Unacked unacked;
    private final Map<String, Object> config;
    private volatile Producer<byte[], byte[]> producer; // Made on the thread.
    private volatile boolean closed;

    BatchingProducer(Vertx vertx, Map<String, Object> config, long maxUnackedBytes, Failures failures) {
        this.vertx = vertx;
        this.failures = failures;
        this.config = config;
        this.unacked = new Unacked(maxUnackedBytes);
        this.thread = new ClientThread(vertx, "kafka-producer");
    }

    @Override
    public Future<Position> send(NewMessage message) {
        Context context = vertx.getOrCreateContext();
        Promise<Position> promise = Promise.promise();
        long bytes = bytes(message);
        unacked.add(bytes);
        try {
            thread.execute(() -> send(message, (metadata, failure) -> {
                unacked.remove(bytes);
                complete(context, promise, message.topic(), metadata, failure);
            }));
        } catch (RejectedExecutionException e) {
            unacked.remove(bytes);
            promise.fail(new IllegalStateException("sending to " + message.topic() + ": the producer is closed", e));
        }
        return promise.future();
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
    public Future<Void> flush() {
        return thread.call(() -> {
            if (producer != null) { // Else nothing was sent.
                producer().flush();
            }
            return null;
        });
    }

    @Override
    public Future<Void> close() {
        Future<Void> flushed = flush().timeout(FLUSH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        thread.end();
        return flushed.eventually(() -> vertx.executeBlocking(this::closeProducer, false));
    }

    /** On a thread of Vert.x: the producer's own may be waiting for a broker, and this ends the waiting. */
    private Void closeProducer() {
        closed = true;
        Producer<byte[], byte[]> open = producer;
        if (open != null) {
            open.close(Duration.ofSeconds(1));
        }
        return null;
    }

    private Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("the producer is closed");
        }
        if (producer == null) {
            producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of the same.
    private void send(NewMessage message, Callback callback) {
        try {
            producer().send(record(message), callback);
        } catch (RuntimeException e) {
            callback.onCompletion(null, e);
        } catch (Error e) { // Such as OutOfMemoryError: Kafka's callbacks take no errors.
            callback.onCompletion(null, new KafkaClientException("the producer failed", e));
        }
    }

    private void complete(
            Context context, Promise<Position> promise, String topic, RecordMetadata metadata, Exception failure) {
        context.runOnContext(acknowledged -> {
            if (failure == null) {
                promise.complete(new Position(topic, metadata.partition(), metadata.offset()));
            } else {
                promise.fail(failures.of("sending to " + topic, failure));
            }
        });
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
