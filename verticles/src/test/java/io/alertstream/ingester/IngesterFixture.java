package io.alertstream.ingester;

import static io.alertstream.ingester.SmallAlerts.SCHEMA;
import static io.alertstream.ingester.SmallAlerts.TOPIC;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.ArchiveLayout;
import io.alertstream.archive.FakeStore;
import io.alertstream.archive.GzipCodec;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.kafka.Message;
import io.alertstream.ops.Liveness;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An ingester of one partition, with a consumer, a producer, stores and a registry that the test controls. */
abstract class IngesterFixture {

    static final Partition ZERO = new Partition(TOPIC, 0);
    static final String DEAD_LETTERS = "dead";
    private static final int BUFFER = 100_000;
    private static final int CPU_THREADS = Runtime.getRuntime().availableProcessors();

    final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final WorkerExecutor cpu = vertx.createSharedWorkerExecutor("cpu", CPU_THREADS);
    final FakeConsumer consumer = new FakeConsumer();
    final FakeProducer producer = new FakeProducer();
    final FakeStore alerts = new FakeStore();
    final FaultyStore store = new FaultyStore(alerts);
    final FakeStore schemas = new FakeStore();
    final FaultyStore schemaStore = new FaultyStore(schemas);

    /** The number of requests to the registry. */
    final AtomicInteger asked = new AtomicInteger();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Promise<Throwable> fatal = Promise.promise();
    final AlertArchive archive = new AlertArchive(vertx, store, schemaStore, ArchiveLayout.V2, GzipCodec.fastest());
    volatile IntFunction<Future<String>> registry = id -> Future.succeededFuture(SCHEMA);
    final Liveness liveness = new Liveness();
    final MovableClock clock = new MovableClock();
    Ingester ingester;

    @BeforeEach
    void start() throws Exception {
        Ingester.Pace pace = new Ingester.Pace(
                clock, Duration.ofMillis(5), new Backoff(Duration.ofMillis(2), Duration.ofMillis(10)));
        Ingester.Parts parts = new Ingester.Parts(
                Set.of(TOPIC),
                DEAD_LETTERS,
                BUFFER,
                consumer,
                producer,
                id -> {
                    asked.incrementAndGet();
                    return registry.apply(id);
                },
                archive,
                AlertProfile.lsst(),
                pace);
        Ops ops = new Ops(new Readiness(), liveness, meters, cause -> fatal.tryComplete(cause));
        await(onContext(() -> {
            ingester = new Ingester(vertx, parts, ops);
            return ingester.start();
        }));
        onContext(() -> consumer.listener.assigned(Set.of(ZERO)));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    void deliver(List<Message> batch) throws Exception {
        onContext(() -> consumer.listener.messages(batch));
    }

    byte[] archived(long id) throws Exception {
        return await(archive.alert(id)).orElseThrow().packet();
    }

    double count(String name, String tag, String value) {
        return meters.get("alertstream.ingester." + name)
                .tag(tag, value)
                .counter()
                .count();
    }

    void onContext(Runnable work) throws Exception {
        await(onContext(() -> {
            work.run();
            return Future.<Void>succeededFuture();
        }));
    }

    /** Runs the work on the ingester's context, and returns once it has run. */
    <T> Future<T> onContext(Supplier<Future<T>> work) throws Exception {
        Promise<Future<T>> ran = Promise.promise();
        context.runOnContext(now -> ran.complete(work.get()));
        return await(ran.future());
    }

    /** Returns when no work is left except what waits for something that the test holds back. */
    void settle() throws Exception {
        int before;
        do {
            before = store.creations() + schemaStore.creations();
            // A message is examined twice at most on its way to a store: before its schema is known, and after.
            passThroughPool();
            passThroughPool();
        } while (store.creations() + schemaStore.creations() > before);
    }

    /** Waits for the tasks queued on the context, then for those on the pool's threads, then for the context again. */
    private void passThroughPool() throws Exception {
        CyclicBarrier allThreads = new CyclicBarrier(CPU_THREADS);
        await(onContext(() -> Future.all(IntStream.range(0, CPU_THREADS)
                .mapToObj(i -> cpu.executeBlocking(() -> allThreads.await(20, TimeUnit.SECONDS), false))
                .toList())));
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
