package io.alertstream.loadtest.baseline;

import io.alertstream.loadtest.load.LoadTestException;
import io.alertstream.loadtest.target.KafkaAccess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The same work by Kafka's client on a thread and by vertx-kafka-client on an event loop, in turn and in one process:
 * the ratio of the two is the wrapper's cost.
 */
final class ClientPair implements AutoCloseable {

    private static final int ROUNDS = 5;
    private static final long TIMEOUT_SECONDS = 600;
    private static final int MAX_UNACKED_BYTES = 32 << 20;
    private static final Map<String, String> READER = Map.of(
            "enable.auto.commit", "false",
            "fetch.max.bytes", "16777216",
            "max.partition.fetch.bytes", "5242880",
            "receive.buffer.bytes", "-1");

    private final Vertx vertx = Vertx.vertx();
    private final KafkaAccess access;
    private final List<byte[]> packets;
    private final long records;

    /** Medians in records a second. */
    record Rates(double client, double wrapper) {}

    ClientPair(KafkaAccess access, List<byte[]> packets, long records) {
        this.access = access;
        this.packets = packets;
        this.records = records;
    }

    /** Sends the records to the topic, ten times over. */
    Rates produce(String topic, Map<String, String> settings) {
        return inTurn(
                () -> perSecond(() -> produceByClient(topic, settings)),
                () -> perSecond(() -> produceByWrapper(topic, settings)));
    }

    /** Reads the records from the beginning of the topic. */
    Rates consume(List<TopicPartition> partitions) {
        return inTurn(
                () -> perSecond(() -> consumeByClient(partitions)),
                () -> perSecond(() -> consumeByWrapper(Set.copyOf(partitions))));
    }

    /** Alternates which one goes first in a round, so that neither always finds the caches warm. */
    private static Rates inTurn(DoubleSupplier client, DoubleSupplier wrapper) {
        double[] clients = new double[ROUNDS];
        double[] wrappers = new double[ROUNDS];
        IntStream.range(0, 2 * ROUNDS).forEach(turn -> {
            int round = turn / 2;
            if (turn % 2 == round % 2) {
                clients[round] = client.getAsDouble();
            } else {
                wrappers[round] = wrapper.getAsDouble();
            }
        });
        return new Rates(median(clients), median(wrappers));
    }

    private static double median(double... rates) {
        return DoubleStream.of(rates).sorted().toArray()[rates.length / 2];
    }

    private double perSecond(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return records * 1e9 / (System.nanoTime() - start);
    }

    private ProducerRecord<byte[], byte[]> message(String topic, long number) {
        return new ProducerRecord<>(topic, packets.get((int) (number % packets.size())));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback gets the same result.
    private void produceByClient(String topic, Map<String, String> settings) {
        CountDownLatch acknowledged = new CountDownLatch(Math.toIntExact(records));
        AtomicReference<Exception> failed = new AtomicReference<>();
        try (Producer<byte[], byte[]> producer = producer(settings)) {
            for (long number = 0; number < records; number++) {
                producer.send(message(topic, number), (metadata, failure) -> {
                    failed.compareAndSet(null, failure);
                    acknowledged.countDown();
                });
            }
            producer.flush();
        }
        if (failed.get() != null) {
            throw new LoadTestException(
                    "sending to " + topic + ": " + failed.get().getMessage(), failed.get());
        }
    }

    private void produceByWrapper(String topic, Map<String, String> settings) {
        KafkaWriteStream<byte[], byte[]> stream =
                KafkaWriteStream.create(vertx, producer(settings)).setWriteQueueMaxSize(MAX_UNACKED_BYTES);
        Promise<Void> done = Promise.promise();
        stream.exceptionHandler(done::tryFail);
        vertx.runOnContext(begin -> send(stream, topic, new AtomicLong(), new AtomicLong(), done));
        await(done.future());
        await(stream.close());
    }

    private void send(
            KafkaWriteStream<byte[], byte[]> stream,
            String topic,
            AtomicLong sent,
            AtomicLong acknowledged,
            Promise<Void> done) {
        while (sent.get() < records) {
            if (stream.writeQueueFull()) {
                stream.drainHandler(room -> send(stream, topic, sent, acknowledged, done));
                return;
            }
            stream.send(message(topic, sent.getAndIncrement())).onSuccess(there -> {
                if (acknowledged.incrementAndGet() == records) {
                    done.tryComplete();
                }
            });
        }
    }

    private void consumeByClient(List<TopicPartition> partitions) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (long read = 0; read < records; ) {
                read += consumer.poll(Duration.ofSeconds(TIMEOUT_SECONDS)).count();
            }
        }
    }

    private void consumeByWrapper(Set<TopicPartition> partitions) {
        KafkaReadStream<byte[], byte[]> stream = KafkaReadStream.create(vertx, consumer());
        Promise<Void> done = Promise.promise();
        AtomicLong read = new AtomicLong();
        stream.exceptionHandler(done::tryFail);
        stream.handler(message -> {
            if (read.incrementAndGet() == records) {
                done.tryComplete();
            }
        });
        stream.pause();
        await(stream.assign(partitions).compose(assigned -> stream.seekToBeginning(partitions)));
        stream.resume();
        await(done.future());
        await(stream.close());
    }

    private Producer<byte[], byte[]> producer(Map<String, String> settings) {
        return new KafkaProducer<>(properties(settings), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(properties(READER), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Properties properties(Map<String, String> settings) {
        return access.with(settings);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new LoadTestException("vertx-kafka-client didn't finish within " + TIMEOUT_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
