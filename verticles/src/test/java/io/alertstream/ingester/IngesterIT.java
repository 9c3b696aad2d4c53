package io.alertstream.ingester;

import static io.alertstream.ingester.SmallAlerts.SCHEMA_ID;
import static io.alertstream.ingester.SmallAlerts.avro;
import static io.alertstream.ingester.SmallAlerts.packet;
import static io.alertstream.ingester.Stream.answer;
import static io.alertstream.ingester.Stream.await;
import static io.alertstream.ingester.Stream.schemaAnswer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.Forgery;
import io.alertstream.avro.WireFormat;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact.AlertsArchived;
import io.alertstream.ingester.FaultyStore.Fault;
import io.alertstream.kafka.GroupConsumer;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.registry.RegistryClient;
import io.alertstream.retry.Backoff;
import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@KafkaTest
class IngesterIT {

    @TempDir
    Path directory;

    private Stream stream;
    private volatile AlertsArchived latest;

    @BeforeEach
    void open(TestKafka kafka) throws Exception {
        stream = new Stream(kafka, directory);
        Bus.of(stream.vertx).on(AlertsArchived.class, totals -> latest = totals);
    }

    @AfterEach
    void close() throws Exception {
        stream.close();
    }

    @Test
    void aBacklogIsArchivedWhole() throws Exception {
        stream.send(visit(0, 1000));
        Future<AlertsArchived> archived = when(totals -> totals.alerts() == 1000);
        deploy("group");
        assertThat(await(archived).deadLetters()).isZero();
        await(stream.audit());
        assertThat(stream.registryRequests).hasValue(1);
    }

    @Test
    void anEmptyArchiveIsReadable() throws Exception {
        AlertArchive reader = AlertArchive.open(
                stream.vertx, stream.settings("group").archive().readOnly());
        deploy("group");
        await(until(reader::check));
        assertThat(await(reader.alert(1))).isEmpty();
    }

    /** Repeats the question until it succeeds. */
    private Future<Void> until(Supplier<Future<Void>> question) {
        return question.get()
                .recover(no -> stream.vertx.timer(20, TimeUnit.MILLISECONDS).compose(later -> until(question)));
    }

    @Test
    void aRepeatedVisitCausesNoWork() throws Exception {
        stream.send(visit(0, 200));
        stream.send(visit(0, 200));
        stream.send(visit(0, 200));
        Future<AlertsArchived> archived = when(totals -> totals.alerts() + totals.duplicates() == 600);
        deploy("group");
        assertThat(await(archived).alerts()).isEqualTo(200);
        await(stream.audit());
    }

    @Test
    void redeliveryOfStoredAlertsIsHarmless() throws Exception {
        stream.send(visit(0, 200));
        GroupConsumer consumer = stream.clients().groupConsumer("group");
        MessageProducer producer = stream.clients().producer(1 << 20);
        AlertArchive archive = stream.archive();
        IngesterSettings settings = stream.settings("group");
        RegistryClient registry = new RegistryClient(stream.vertx, settings.registry());
        Context context = stream.vertx.getOrCreateContext();
        Promise<Void> started = Promise.promise();
        context.runOnContext(now -> new Ingester(
                        stream.vertx,
                        new Ingester.Parts(
                                settings.topics(),
                                settings.deadLetterTopic(),
                                settings.bufferBytes(),
                                consumer,
                                producer,
                                registry::schemaById,
                                archive,
                                settings.profile(),
                                // Closed before its first commit.
                                new Ingester.Pace(Clock.systemUTC(), Duration.ofDays(1), Backoff.DEFAULT)),
                        stream.ops())
                .start()
                .onComplete(started));
        await(started.future());
        Meters meters = new Meters(stream.meters);
        meters.awaitStored(stream.vertx, 200);
        await(consumer.close());

        Future<AlertsArchived> archived = when(totals -> totals.duplicates() == 200);
        deploy("group");
        assertThat(await(archived).alerts()).isZero();
        await(stream.audit());
        assertThat(stream.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void storeFaultsDuringAVisitLoseNothing(Fault fault) throws Exception {
        FaultyStore[] faulty = new FaultyStore[1];
        IngesterVerticle verticle = new IngesterVerticle(
                stream.settings("group"),
                stream.ops(),
                stream.archiveBehind(store -> {
                    faulty[0] = new FaultyStore(store);
                    return faulty[0];
                }),
                Stream.QUICK);
        Future<AlertsArchived> half = when(totals -> totals.alerts() >= 50);
        Future<AlertsArchived> whole = when(totals -> totals.alerts() + totals.duplicates() >= 250);
        await(stream.vertx.deployVerticle(verticle));
        stream.send(visit(0, 100));
        await(half);
        faulty[0].fail(80, fault, fault == Fault.REFUSED ? Remedy.OPERATOR : Remedy.RETRY);
        stream.send(visit(100, 150));

        assertThat(await(whole).deadLetters()).isZero();
        assertThat(faulty[0].faultsLeft()).isZero();
        await(stream.audit());
    }

    @Test
    void aFailingRegistryIsWaitedFor() throws Exception {
        List<Handler<HttpServerRequest>> troubles = List.of(
                answer(500, "{\"error_code\": 50001, \"message\": \"no leader\"}"),
                answer(404, "<html>not a registry</html>"),
                answer(200, "{\"schema\":"),
                answer(429, ""),
                request -> request.connection().close());
        List<Handler<HttpServerRequest>> script = new ArrayList<>(troubles);
        stream.registry(request -> {
            Handler<HttpServerRequest> next = script.isEmpty() ? answer(200, schemaAnswer()) : script.remove(0);
            next.handle(request);
        });
        stream.send(visit(0, 100));
        Future<AlertsArchived> archived = when(totals -> totals.alerts() == 100);
        deploy("group");
        assertThat(await(archived).deadLetters()).isZero();
        assertThat(stream.registryRequests).hasValue(6);
        await(stream.audit());
    }

    @Test
    void unarchivableMessagesAreSetAsideAndTheStreamContinues() throws Exception {
        stream.registry(request -> (request.path().endsWith("/" + SCHEMA_ID)
                        ? answer(200, schemaAnswer())
                        : request.path().endsWith("/7")
                                ? answer(200, "{\"schema\": \"no schema\"}")
                                : answer(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}"))
                .handle(request));
        List<byte[]> values = new ArrayList<>(visit(0, 50));
        values.add(null);
        values.add(new byte[] {0, 0, 0});
        values.add("{\"json\": 1}".getBytes(UTF_8));
        values.add(WireFormat.write(1234, avro(1, "unknown schema")));
        values.add(WireFormat.write(7, avro(1, "unusable schema")));
        values.add(WireFormat.write(SCHEMA_ID, new byte[] {100}));
        stream.send(values);
        deploy("group");
        await(when(totals -> totals.alerts() == 50 && totals.deadLetters() == 6));
        stream.send(List.of(packet(3, "not the cutout that was there")));
        stream.send(visit(50, 50));
        await(when(totals -> totals.alerts() == 100 && totals.deadLetters() == 7));

        Map<String, byte[]> byReason = stream.deadLetters().stream()
                .filter(letter -> letter.value() != null)
                .collect(Collectors.toMap(
                        letter ->
                                new String(letter.headers().last("dead-letter-reason"), UTF_8) + letter.value().length,
                        letter -> letter.value()));
        assertThat(byReason.keySet())
                .containsExactlyInAnyOrder(
                        "not-wire-format3",
                        "not-wire-format11",
                        "unknown-schema" + values.get(53).length,
                        "unusable-schema" + values.get(54).length,
                        "undecodable6",
                        "conflict" + packet(3, "not the cutout that was there").length);
        assertThat(stream.deadLetters()).hasSize(7);
        assertThat(byReason.get("undecodable6")).isEqualTo(values.get(55));
        await(stream.audit());
    }

    @Test
    void packetsWithAnothersChecksumAreSetAside() throws Exception {
        byte[] stored = packet(5, "cutout 5");
        byte[] forged = Forgery.withChecksumOf(stored, packet(5, "forged"));
        byte[] another = Forgery.withChecksumOf(stored, packet(5, "another"));
        stream.send(visit(0, 10));
        deploy("group");
        await(when(totals -> totals.alerts() == 10));
        stream.send(List.of(forged, another));
        await(when(totals -> totals.deadLetters() == 2));

        assertThat(stream.deadLetters()).extracting(Message::value).containsExactlyInAnyOrder(forged, another);
        await(stream.audit());
    }

    @Test
    void membersJoinAndLeaveUnderLoad() throws Exception {
        stream.send(visit(0, 200));
        String first = deploy("group");
        Future<AlertsArchived> some = when(totals -> totals.alerts() >= 100);
        await(some);
        String second = deploy("group");
        stream.send(visit(200, 200));
        deploy("group");
        stream.send(visit(400, 200));
        await(stream.vertx.undeploy(first));
        stream.send(visit(600, 200));
        await(stream.vertx.undeploy(second));
        stream.send(visit(800, 100));
        Meters meters = new Meters(stream.meters);
        meters.awaitStored(stream.vertx, 900);
        await(stream.audit());
        assertThat(stream.fatal.future().isComplete()).isFalse();
    }

    @Test
    void aStopTakesSecondsAndCommitsStoredAlerts() throws Exception {
        stream.send(visit(0, 1000));
        String id = deploy("group");
        await(when(totals -> totals.alerts() >= 100));
        long start = System.nanoTime();
        await(stream.vertx.undeploy(id));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));

        double stored = new Meters(stream.meters).stored();
        stream.send(visit(1000, 10));
        deploy("group");
        new Meters(stream.meters).awaitStored(stream.vertx, 1010);
        // The first ingester committed everything it had stored, so none of it was redelivered.
        assertThat(stored).isGreaterThanOrEqualTo(100);
        assertThat(new Meters(stream.meters).duplicates()).isZero();
        await(stream.audit());
    }

    private static List<byte[]> visit(int first, int alerts) {
        return IntStream.range(first, first + alerts)
                .mapToObj(id -> packet(id, "cutout " + id))
                .toList();
    }

    private String deploy(String group) throws Exception {
        return await(stream.vertx.deployVerticle(new IngesterVerticle(
                stream.settings(group), stream.ops(), stream.archiveBehind(store -> store), Stream.QUICK)));
    }

    /** Completes with the latest fact if it meets the condition, otherwise with the first one that does. */
    private Future<AlertsArchived> when(Predicate<AlertsArchived> condition) {
        Promise<AlertsArchived> promise = Promise.promise();
        Consumer<AlertsArchived> listener = totals -> {
            if (condition.test(totals)) {
                promise.tryComplete(totals);
            }
        };
        Bus.of(stream.vertx).on(AlertsArchived.class, listener);
        if (latest != null) {
            listener.accept(latest);
        }
        return promise.future();
    }
}
