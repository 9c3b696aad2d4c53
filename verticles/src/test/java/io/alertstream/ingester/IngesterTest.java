package io.alertstream.ingester;

import static io.alertstream.ingester.Packets.SCHEMA;
import static io.alertstream.ingester.Packets.SCHEMA_ID;
import static io.alertstream.ingester.Packets.TOPIC;
import static io.alertstream.ingester.Packets.alert;
import static io.alertstream.ingester.Packets.avro;
import static io.alertstream.ingester.Packets.message;
import static io.alertstream.ingester.Packets.packet;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.Crc32c;
import io.alertstream.archive.FakeStore;
import io.alertstream.archive.GzipCodec;
import io.alertstream.archive.Origin;
import io.alertstream.avro.WireFormat;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.ingester.FaultyStore.Fault;
import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Lag;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.RefusedException;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.settings.ArchiveLayout;
import io.alertstream.storage.StoreException.Remedy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngesterTest {

    private static final Partition ZERO = new Partition(TOPIC, 0);
    private static final String DEAD_LETTERS = "dead";
    private static final int BUFFER = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final FakeConsumer consumer = new FakeConsumer();
    private final FakeProducer producer = new FakeProducer();
    private final FakeStore alerts = new FakeStore();
    private final FaultyStore store = new FaultyStore(alerts);
    private final FakeStore schemas = new FakeStore();
    private final AtomicInteger asked = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Promise<Throwable> fatal = Promise.promise();
    private final AlertArchive archive = new AlertArchive(vertx, store, schemas, ArchiveLayout.V2, GzipCodec.fastest());
    private volatile IntFunction<Future<String>> registry = id -> Future.succeededFuture(SCHEMA);
    private final MovableClock clock = new MovableClock();
    private Ingester ingester;

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
                pace);
        Ops ops = new Ops(new Readiness(), meters, cause -> fatal.tryComplete(cause));
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

    @Test
    void archivesAlertsAndCommitsBehindThem() throws Exception {
        Promise<Fact.AlertsArchived> fact = Promise.promise();
        Bus.of(vertx).on(Fact.AlertsArchived.class, told -> {
            if (told.alerts() == 100) {
                fact.tryComplete(told);
            }
        });
        deliver(IntStream.range(0, 100).mapToObj(i -> alert(0, i)).toList());

        await(consumer.committed(0, 100));

        assertThat(alerts.objects).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(archived(i)).isEqualTo(packet(i, "cutout"));
        }
        assertThat(await(archive.schema(SCHEMA_ID))).contains(SCHEMA);
        assertThat(asked).hasValue(1);
        assertThat(await(fact.future()).latestIds())
                .hasSize(8)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).isBetween(0L, 99L));
        assertThat(count("alerts", "result", "stored")).isEqualTo(100);
    }

    @Test
    void theSchemaIsStoredBeforeTheFirstAlertThatUsesIt() throws Exception {
        List<String> order = new ArrayList<>();
        Promise<String> answer = Promise.promise();
        registry = id -> answer.future();
        deliver(List.of(alert(0, 1)));
        onContext(() -> order.addAll(alerts.requests));
        onContext(() -> answer.complete(SCHEMA));
        await(consumer.committed(0, 2));
        assertThat(order).isEmpty();
        assertThat(schemas.requests).startsWith("create v2/schemas/900.json");
    }

    @Test
    void theSameVisitAgainCostsNothing() throws Exception {
        deliver(IntStream.range(0, 50).mapToObj(i -> alert(0, i)).toList());
        await(consumer.committed(0, 50));
        int requests = alerts.requests.size();

        deliver(IntStream.range(0, 50)
                .mapToObj(i -> message(0, 50 + i, packet(i, "cutout")))
                .toList());
        await(consumer.committed(0, 100));

        assertThat(alerts.requests).hasSize(requests);
        assertThat(count("alerts", "result", "recent")).isEqualTo(50);
    }

    @Test
    void whatTheArchiveHasAlreadyIsADuplicate() throws Exception {
        await(archive.putAlert(7, packet(7, "cutout"), new Origin(TOPIC, 0, 0, SCHEMA_ID)));
        deliver(List.of(alert(0, 7)));
        await(consumer.committed(0, 8));
        assertThat(count("alerts", "result", "duplicate")).isEqualTo(1);
        assertThat(producer.sent).isEmpty();
    }

    @Test
    void aConflictIsSetAsideOnceAndCountedEachTime() throws Exception {
        deliver(List.of(alert(0, 1), message(0, 2, packet(1, "other")), message(0, 3, packet(5, "five"))));
        await(consumer.committed(0, 4));
        deliver(List.of(message(0, 4, packet(1, "other"))));
        await(consumer.committed(0, 5));

        assertThat(producer.sent).hasSize(1);
        Map<String, String> headers = headers(producer.sent.get(0));
        assertThat(headers)
                .containsEntry("dead-letter-reason", "conflict")
                .containsEntry("dead-letter-alert-id", "1")
                .containsEntry("dead-letter-schema-id", "900")
                .containsKeys("dead-letter-crc32c", "dead-letter-stored-crc32c");
        // Which of the two came first is the store's affair; the other one is the conflict.
        byte[] refused = producer.sent.get(0).value();
        assertThat(headers)
                .containsEntry("dead-letter-crc32c", Crc32c.text(Crc32c.of(refused)))
                .containsEntry("dead-letter-stored-crc32c", Crc32c.text(Crc32c.of(archived(1))));
        assertThat(count("dead.letters", "reason", "conflict")).isBetween(1.0, 2.0);
        assertThat(archived(5)).isEqualTo(packet(5, "five"));
    }

    @Test
    void aConflictThatRepeatsCostsNoRequest() throws Exception {
        deliver(List.of(alert(0, 1)));
        await(consumer.committed(0, 2));
        deliver(List.of(message(0, 2, packet(1, "other"))));
        await(consumer.committed(0, 3));
        int requests = alerts.requests.size();
        deliver(List.of(message(0, 3, packet(1, "other")), message(0, 4, packet(1, "cutout"))));
        await(consumer.committed(0, 5));

        assertThat(alerts.requests).hasSize(requests);
        assertThat(producer.sent).hasSize(1);
        assertThat(count("dead.letters", "reason", "conflict")).isEqualTo(2);
        assertThat(archived(1)).isEqualTo(packet(1, "cutout"));
    }

    @Test
    void whatIsNoAlertIsSetAsideWithItsOriginAndReason() throws Exception {
        byte[] truncated = {0, 0, 0, 3, (byte) 0x84, 100};
        byte[] negative = WireFormat.write(SCHEMA_ID, avro(-5, "x"));
        deliver(List.of(
                message(0, 0, null),
                message(0, 1, new byte[0]),
                message(0, 2, new byte[] {0, 0, 0, 1}),
                message(0, 3, new byte[] {1, 0, 0, 3, (byte) 0x84, 2, 2}),
                message(0, 4, truncated),
                message(0, 5, negative),
                new Message(TOPIC, 0, 6, 99, "key".getBytes(UTF_8), truncated, Headers.of("h", new byte[] {1})),
                alert(0, 7)));
        await(consumer.committed(0, 8));

        assertThat(archived(7)).isEqualTo(packet(7, "cutout"));
        assertThat(producer.sent.stream().map(sent -> headers(sent).get("dead-letter-reason")))
                .containsExactlyInAnyOrder(
                        "null-value",
                        "not-wire-format",
                        "not-wire-format",
                        "not-wire-format",
                        "undecodable",
                        "undecodable");
        assertThat(count("dead.letters", "reason", "undecodable")).isEqualTo(3);
        NewMessage tombstone = producer.sent.stream()
                .filter(sent -> sent.value() == null)
                .findFirst()
                .orElseThrow();
        assertThat(headers(tombstone))
                .containsEntry("dead-letter-topic", TOPIC)
                .containsEntry("dead-letter-partition", "0")
                .containsEntry("dead-letter-offset", "0")
                .containsEntry("dead-letter-timestamp", "1700000000000");
    }

    @Test
    void eachMessageWithoutAValueIsSetAside() throws Exception {
        deliver(List.of(
                new Message(TOPIC, 0, 0, 99, "one".getBytes(UTF_8), null, Headers.NONE),
                new Message(TOPIC, 0, 1, 99, "two".getBytes(UTF_8), null, Headers.NONE)));
        await(consumer.committed(0, 2));
        assertThat(producer.sent.stream().map(sent -> new String(sent.key(), UTF_8)))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void whatIsTooLargeToBeSetAsideLeavesItsTracesAndTheStreamGoesOn() throws Exception {
        producer.maxBytes = 3;
        deliver(List.of(
                new Message(TOPIC, 0, 0, 99, "key".getBytes(UTF_8), "abcd".getBytes(UTF_8), Headers.NONE),
                alert(0, 1)));
        await(consumer.committed(0, 2));

        NewMessage sent = producer.sent.get(0);
        assertThat(sent.value()).isNull();
        assertThat(sent.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(headers(sent))
                .containsEntry("dead-letter-topic", TOPIC)
                .containsEntry("dead-letter-offset", "0")
                .containsEntry("dead-letter-reason", "not-wire-format")
                .containsEntry("dead-letter-value-bytes", "4")
                .containsEntry(
                        "dead-letter-value-sha256", "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589");
        assertThat(count("dead.letters", "reason", "not-wire-format")).isEqualTo(1);
        assertThat(archived(1)).isEqualTo(packet(1, "cutout"));
    }

    @Test
    void keyAndHeadersOfADeadLetterStay() throws Exception {
        deliver(List.of(new Message(
                TOPIC,
                0,
                0,
                99,
                "key".getBytes(UTF_8),
                new byte[] {9},
                Headers.of("h", new byte[] {1})
                        .and("h", null)
                        .and("h", new byte[] {2})
                        .and("dead-letter-value-sha256", new byte[] {3}))));
        await(consumer.committed(0, 1));
        NewMessage sent = producer.sent.get(0);
        assertThat(sent.topic()).isEqualTo(DEAD_LETTERS);
        assertThat(sent.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(sent.value()).isEqualTo(new byte[] {9});
        assertThat(sent.headers())
                .filteredOn(header -> header.name().equals("h"))
                .extracting(Headers.Header::value)
                .containsExactly(new byte[] {1}, null, new byte[] {2});
        assertThat(sent.headers().last("dead-letter-value-sha256"))
                .as("a claim that isn't ours")
                .isNull();
    }

    @Test
    void aDeadLetterIsAcknowledgedBeforeItsOffsetPasses() throws Exception {
        producer.failures.set(3);
        deliver(List.of(message(0, 0, new byte[] {9})));
        await(consumer.paused(true));
        await(consumer.committed(0, 1));
        assertThat(producer.failures).hasValue(0);
        assertThat(producer.sent).hasSize(1);
        await(consumer.paused(false));
    }

    @Test
    void aRefusedDeadLetterEndsTheProcess() throws Exception {
        producer.failure = new RefusedException("not allowed to write to dead", null);
        producer.failures.set(Integer.MAX_VALUE);
        deliver(List.of(message(0, 0, new byte[] {9})));
        assertThat(await(fatal.future())).isInstanceOf(RefusedException.class);
        assertThat(consumer.committed).isEmpty();
    }

    @Test
    void faultsOfTheStoreAreWaitedForWhileReadingPauses() throws Exception {
        store.fail(200, Fault.REFUSED, Remedy.RETRY);
        deliver(IntStream.range(0, 40).mapToObj(i -> alert(0, i)).toList());
        await(consumer.paused(true));
        assertThat(consumer.committed).isEmpty();

        await(consumer.committed(0, 40));
        await(consumer.paused(false));
        assertThat(alerts.objects).hasSize(40);
        assertThat(count("retries", "dependency", "store")).isEqualTo(200);
    }

    @Test
    void anAnswerThatIsLostAfterSuccessIsNoConflict() throws Exception {
        store.fail(10, Fault.ANSWER_LOST, Remedy.RETRY);
        deliver(IntStream.range(0, 20).mapToObj(i -> alert(0, i)).toList());
        await(consumer.committed(0, 20));
        assertThat(alerts.objects).hasSize(20);
        assertThat(producer.sent).isEmpty();
    }

    @Test
    void whatAnOperatorMustMendIsWaitedForToo() throws Exception {
        store.fail(Integer.MAX_VALUE, Fault.REFUSED, Remedy.OPERATOR);
        deliver(List.of(alert(0, 0)));
        await(consumer.paused(true));
        store.mend();
        await(consumer.committed(0, 1));
        await(consumer.paused(false));
    }

    @Test
    void aRegistryThatCannotBeAskedIsWaitedFor() throws Exception {
        registry = id -> asked.get() < 5
                ? Future.failedFuture(new IllegalStateException("no answer"))
                : Future.succeededFuture(SCHEMA);
        deliver(List.of(alert(0, 0), alert(0, 1)));
        await(consumer.paused(true));
        await(consumer.committed(0, 2));
        assertThat(producer.sent).isEmpty();
        assertThat(asked).hasValue(5);
        assertThat(count("retries", "dependency", "registry")).isEqualTo(4);
    }

    @Test
    void aSchemaThatIsOfNoUseSetsItsAlertsAside() throws Exception {
        registry = id -> Future.succeededFuture(
                switch (id) {
                    case 1 -> "not a schema";
                    case 2 -> "{\"type\": \"record\", \"name\": \"x\", \"fields\": []}";
                    default -> SCHEMA;
                });
        deliver(List.of(
                message(0, 0, WireFormat.write(1, avro(1, "a"))),
                message(0, 1, WireFormat.write(2, avro(1, "b"))),
                message(0, 2, packet(1, "c"))));
        await(consumer.committed(0, 3));
        assertThat(producer.sent.stream().map(sent -> headers(sent).get("dead-letter-reason")))
                .containsOnly("unusable-schema")
                .hasSize(2);
        assertThat(schemas.objects).containsOnlyKeys("v2/schemas/900.json");
    }

    @Test
    void anotherSchemaUnderTheSameIdSetsItsAlertsAside() throws Exception {
        await(archive.putSchema(SCHEMA_ID, SCHEMA.replace("note", "comment")));
        deliver(List.of(alert(0, 0)));
        await(consumer.committed(0, 1));
        assertThat(headers(producer.sent.get(0))).containsEntry("dead-letter-reason", "schema-conflict");
        assertThat(alerts.objects).isEmpty();
    }

    @Test
    void theSameSchemaWrittenDifferentlyIsTheSameSchema() throws Exception {
        await(archive.putSchema(SCHEMA_ID, SCHEMA.replace(" ", "")));
        deliver(List.of(alert(0, 0)));
        await(consumer.committed(0, 1));
        assertThat(producer.sent).isEmpty();
        assertThat(alerts.objects).hasSize(1);
    }

    @Test
    void readingPausesWhileTheBufferIsFull() throws Exception {
        Promise<Void> gate = store.close(Promise.promise());
        deliver(IntStream.range(0, 40)
                .mapToObj(i -> message(0, i, packet(i, "c".repeat(1000))))
                .toList());
        assertThat(consumer.paused).isFalse();
        deliver(IntStream.range(40, 60)
                .mapToObj(i -> message(0, i, packet(i, "c".repeat(1000))))
                .toList());
        await(consumer.paused(true));
        onContext(() -> gate.complete());
        await(consumer.committed(0, 60));
        await(consumer.paused(false));
    }

    @Test
    void noMoreAreTakenUpThanAStoreCanTake() throws Exception {
        Promise<Void> gate = store.close(Promise.promise());
        deliver(IntStream.range(0, 2000).mapToObj(i -> alert(0, i)).toList());
        await(store.created(256));
        assertThat(store.creations()).isLessThan(256 + 8);
        onContext(() -> gate.complete());
        await(consumer.committed(0, 2000));
    }

    @Test
    void emptyMessagesFillTheBufferToo() throws Exception {
        Promise<String> answer = Promise.promise();
        registry = id -> answer.future();
        deliver(IntStream.range(0, 100)
                .mapToObj(i -> message(0, i, new byte[] {0, 0, 0, 3, (byte) 0x84}))
                .toList());
        await(consumer.paused(true));
    }

    @Test
    void aFailedCommitIsTriedAgain() throws Exception {
        consumer.commitFailure = new IllegalStateException("rebalance in progress");
        deliver(List.of(alert(0, 0)));
        await(consumer.paused(false));
        consumer.commitFailure = null;
        await(consumer.committed(0, 1));
        assertThat(fatal.future().isComplete()).isFalse();
    }

    @Test
    void aRefusedCommitEndsTheProcess() throws Exception {
        consumer.commitFailure = new RefusedException("group not allowed", null);
        deliver(List.of(alert(0, 0)));
        assertThat(await(fatal.future())).isSameAs(consumer.commitFailure);
    }

    @Test
    void aFailedConsumerEndsTheProcess() throws Exception {
        RuntimeException refused = new RefusedException("not allowed to read", null);
        onContext(() -> consumer.listener.failed(refused));
        assertThat(await(fatal.future())).isSameAs(refused);
    }

    @Test
    void whatWasRevokedIsNotCommitted() throws Exception {
        Promise<Void> gate = store.close(Promise.promise());
        deliver(List.of(alert(0, 0)));
        onContext(() -> {
            consumer.listener.revoked(Set.of(ZERO));
            consumer.listener.assigned(Set.of(new Partition(TOPIC, 1)));
        });
        onContext(() -> gate.complete());
        deliver(List.of(alert(1, 5)));
        await(consumer.committed(1, 6));
        assertThat(consumer.committed).containsOnlyKeys(new Partition(TOPIC, 1));
    }

    @Test
    void aStopWaitsForWhatIsOnItsWayAndCommitsIt() throws Exception {
        Promise<Void> gate = store.close(Promise.promise());
        deliver(List.of(alert(0, 0)));
        Future<Void> stopped = onContext(() -> ingester.stop());
        await(consumer.paused(true));
        deliver(List.of(alert(0, 1)));
        assertThat(stopped.isComplete()).isFalse();

        onContext(() -> gate.complete());
        await(stopped);
        assertThat(consumer.committed).containsEntry(ZERO, 1L);
        assertThat(alerts.objects).hasSize(1);
    }

    @Test
    void itIsNotReadyAndItsLagUnknownWhenKafkaNoLongerAnswers() throws Exception {
        await(consumer.lagAsked(2));
        await(ingester.assigned());
        assertThat(lag()).isZero();

        consumer.lag = Future.failedFuture(new IllegalStateException("no broker"));
        await(consumer.lagAsked(2));
        await(ingester.assigned());
        clock.advance(Contact.PATIENCE.plusSeconds(1));
        await(consumer.lagAsked(2));

        assertThat(ingester.assigned().cause())
                .hasMessageContaining("no answer from Kafka since")
                .hasMessageContaining("no broker");
        assertThat(lag()).isNaN();
        assertThat(meters.get("alertstream.ingester.lag.age").gauge().value()).isNaN();

        consumer.lag = Future.succeededFuture(new Lag(7, 1));
        await(consumer.lagAsked(3));
        await(ingester.assigned());
        assertThat(lag()).isEqualTo(7);
    }

    private double lag() {
        return meters.get("alertstream.ingester.lag").gauge().value();
    }

    private void deliver(List<Message> batch) throws Exception {
        onContext(() -> consumer.listener.messages(batch));
    }

    private byte[] archived(long id) throws Exception {
        return await(archive.alert(id)).orElseThrow().packet();
    }

    private double count(String name, String tag, String value) {
        return meters.get("alertstream.ingester." + name)
                .tag(tag, value)
                .counter()
                .count();
    }

    private static Map<String, String> headers(NewMessage message) {
        Map<String, String> headers = new HashMap<>();
        message.headers().forEach(header -> headers.put(header.name(), new String(header.value(), UTF_8)));
        return headers;
    }

    private void onContext(Runnable work) throws Exception {
        await(onContext(() -> {
            work.run();
            return Future.<Void>succeededFuture();
        }));
    }

    /** Runs it on the ingester's context; comes back once it ran. */
    private <T> Future<T> onContext(Supplier<Future<T>> work) throws Exception {
        Promise<Future<T>> ran = Promise.promise();
        context.runOnContext(now -> ran.complete(work.get()));
        return await(ran.future());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
