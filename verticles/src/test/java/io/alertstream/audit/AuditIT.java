package io.alertstream.audit;

import static io.alertstream.ingester.SmallAlerts.SCHEMA;
import static io.alertstream.ingester.SmallAlerts.SCHEMA_ID;
import static io.alertstream.ingester.SmallAlerts.packet;
import static io.alertstream.ingester.Stream.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.Forgery;
import io.alertstream.archive.Origin;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.ingester.Stream;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.retry.Backoff;
import io.alertstream.retry.Retry;
import io.alertstream.retry.RetryPolicy;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreInFront;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KafkaTest
class AuditIT {

    private static final int ALERTS = 200;

    @TempDir
    Path directory;

    private Stream stream;
    private AlertArchive archive;

    @BeforeEach
    void archiveAVisit(TestKafka kafka) throws Exception {
        stream = new Stream(kafka, directory);
        archive = stream.archive();
        await(archive.putSchema(SCHEMA_ID, SCHEMA));
        List<Future<?>> stored = new ArrayList<>();
        for (int id = 0; id < ALERTS; id++) {
            stored.add(archive.putAlert(id, packet(id, "cutout"), new Origin(stream.topic, 0, 0, SCHEMA_ID)));
        }
        await(Future.all(stored));
        stream.send(visit());
        stream.send(visit());
    }

    @AfterEach
    void close() throws Exception {
        stream.close();
    }

    @Test
    void succeedsIfEverythingIsArchived() {
        assertThatCode(() -> await(stream.audit())).doesNotThrowAnyException();
    }

    @Test
    void findsAMissingAlert() throws IOException {
        Files.delete(file(7));
        Files.delete(file(123));
        // Each was sent twice.
        expect("396 in the archive, 0 set aside, 4 missing, 0 different");
    }

    @Test
    void findsASingleDifferentByte() throws Exception {
        Files.delete(file(8));
        await(archive.putAlert(8, packet(8, "cut0ut"), new Origin(stream.topic, 0, 0, SCHEMA_ID)));
        expect("398 in the archive, 0 set aside, 0 missing, 2 different");
    }

    @Test
    void findsADamagedObject() throws IOException {
        byte[] whole = Files.readAllBytes(file(9));
        whole[whole.length - 9] ^= 1;
        Files.delete(file(9));
        Files.write(file(9), whole);
        expect("398 in the archive, 0 set aside, 0 missing, 2 different");
    }

    @Test
    void findsAnAlertThatIsNotAFile() throws IOException {
        Files.delete(file(9));
        Files.createDirectory(file(9));
        expect("398 in the archive, 0 set aside, 0 missing, 2 different");
    }

    @Test
    void findsASchemaThatIsNotAFile() throws IOException {
        Path schema = directory.resolve("schemas/v2/schemas/900.json");
        Files.delete(schema);
        Files.createDirectory(schema);
        expect("0 in the archive, 0 set aside, 400 missing");
    }

    @Test
    void findsAMissingSchema() throws IOException {
        Files.delete(directory.resolve("schemas/v2/schemas/900.json"));
        expect("0 in the archive, 0 set aside, 400 missing");
    }

    @Test
    void aMessageThatIsNotAnAlertMustHaveBeenSetAside() throws Exception {
        byte[] json = {'{', '}'};
        byte[] conflict = packet(5, "other");
        List<byte[]> values = new ArrayList<>(List.of(json, conflict));
        values.add(null);
        stream.send(values);
        expect("400 in the archive, 0 set aside, 2 missing, 1 different");

        setAside(List.of(json, conflict));
        setAside(read().stream().filter(message -> message.value() == null).toList(), DeadLetter.Reason.NULL_VALUE);
        await(stream.audit());
        await(stream.audit(new AuditFrom.Time(Instant.now().minusSeconds(3600))));
    }

    @Test
    void eachMessageWithoutAValueMustHaveBeenSetAside() throws Exception {
        List<byte[]> values = new ArrayList<>();
        values.add(null);
        values.add(null);
        stream.send(values);
        List<Message> without =
                read().stream().filter(message -> message.value() == null).toList();
        setAside(without.subList(0, 1), DeadLetter.Reason.NULL_VALUE);
        expect("400 in the archive, 1 set aside, 1 missing, 0 different");

        setAside(without.subList(1, 2), DeadLetter.Reason.NULL_VALUE);
        await(stream.audit());
    }

    @Test
    void messagesDeletedMeanwhileAreCountedAndSkipped(TestKafka kafka) throws Exception {
        Topics topics = stream.clients().topics();
        TopicReader reader = stream.clients().reader();
        WorkerExecutor cpu = stream.vertx.createSharedWorkerExecutor("cpu");
        Retry never = new Retry(stream.vertx, RetryPolicy.unlimited(Backoff.DEFAULT, failure -> false));
        RetryingReader patient = new RetryingReader(topics, reader, never);
        Audit audit = new Audit(topics, patient, cpu, new AuditFrom.Earliest(), Optional.empty());
        List<TopicState> states = await(audit.look(Set.of(stream.topic)));
        kafka.deleteBefore(stream.topic, 1, 30);
        kafka.deleteBefore(stream.topic, 2, 100);

        KnownDeadLetters none = new KnownDeadLetters("dead", 1);
        await(audit.run(states, new ArchiveComparison(archive, AlertProfile.lsst(), never, cpu, none)));

        assertThat(audit.report())
                .hasToString("270 messages: 270 in the archive, 0 set aside, 0 missing, 0 different;"
                        + " retention deleted 130 more before they were read");
        await(Future.join(reader.close(), topics.close()));
    }

    @Test
    void seeksToATime() throws Exception {
        List<Message> messages = read();
        List<Long> times =
                messages.stream().map(Message::timestampMillis).sorted().toList();
        Topics topics = stream.clients().topics();
        for (long time : new long[] {0, times.get(0), times.get(200), times.get(399), times.get(399) + 1}) {
            Audit audit =
                    new Audit(topics, null, null, new AuditFrom.Time(Instant.ofEpochMilli(time)), Optional.empty());
            TopicState state = await(audit.look(Set.of(stream.topic))).get(0);
            state.end().forEach((partition, end) -> assertThat(state.beginning().get(partition))
                    .as("partition %d at %d", partition, time)
                    .isEqualTo(messages.stream()
                            .filter(message -> message.partition() == partition && message.timestampMillis() >= time)
                            .mapToLong(Message::offset)
                            .min()
                            .orElse(end)));
        }
        await(topics.close());
    }

    @Test
    void aStoreWithTransientFailuresIsWaitedFor() throws Exception {
        AtomicInteger faults = new AtomicInteger(50);
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));
        Function<Vertx, AlertArchive> stumbling = stream.archiveBehind(store -> new Stumbling(store, faults));
        await(stream.audit(new AuditVerticle(stream.auditSettings(new AuditFrom.Earliest()), stumbling, backoff)));
        assertThat(faults.get()).isNegative();
    }

    /** A store that fails the given number of reads. */
    private static final class Stumbling extends StoreInFront {

        private final AtomicInteger faults;

        Stumbling(ObjectStore store, AtomicInteger faults) {
            super(store);
            this.faults = faults;
        }

        @Override
        public Future<Optional<byte[]>> read(String name) {
            Remedy remedy = faults.get() % 2 == 0 ? Remedy.RETRY : Remedy.OPERATOR;
            return faults.decrementAndGet() >= 0
                    ? Future.failedFuture(new StoreException(remedy, "a test's fault", null))
                    : store.read(name);
        }
    }

    @Test
    void aPacketWithAnothersChecksumIsDistinguished() throws Exception {
        byte[] stored = packet(5, "cutout");
        byte[] forged = Forgery.withChecksumOf(stored, packet(5, "forged"));
        byte[] another = Forgery.withChecksumOf(stored, packet(5, "another"));
        stream.send(List.of(stored, forged, another, forged));
        expect("401 in the archive, 0 set aside, 0 missing, 3 different");

        setAside(List.of(forged));
        expect("401 in the archive, 2 set aside, 0 missing, 1 different");

        setAside(List.of(another));
        await(stream.audit());
    }

    @Test
    void beginsAtTheConfiguredOffsets() throws Exception {
        Files.delete(file(0));
        Map<String, Map<Integer, Long>> beyond = Map.of(stream.topic, Map.of(0, 51L));
        await(stream.audit(new AuditFrom.Offsets(beyond)));
        await(stream.audit(new AuditFrom.Time(Instant.now().plusSeconds(3600))));
        expect("398 in the archive, 0 set aside, 2 missing");

        Map<String, Map<Integer, Long>> behindTheEnd = Map.of(stream.topic, Map.of(0, 1_000_000L));
        assertThatThrownBy(() -> await(stream.audit(new AuditFrom.Offsets(behindTheEnd))))
                .hasMessageContaining("AUDIT_FROM")
                .hasMessageContaining("1000000");
    }

    @Test
    void anUnreadableStoreIsNotAnEmptyArchive() throws IOException {
        Files.move(directory.resolve("alerts"), directory.resolve("elsewhere"));
        assertThatThrownBy(() -> await(stream.audit()))
                .hasMessageContaining("the audit could not be finished")
                .hasMessageContaining("alerts")
                .hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    private void setAside(List<byte[]> values) throws Exception {
        setAside(
                values.stream()
                        .map(value -> new Message(stream.topic, 0, 1, 0, null, value, Headers.NONE))
                        .toList(),
                DeadLetter.Reason.CONFLICT);
    }

    private void setAside(List<Message> messages, DeadLetter.Reason reason) throws Exception {
        MessageProducer producer = stream.clients().producer(1 << 20);
        for (Message message : messages) {
            await(producer.send(DeadLetter.of(message, reason, "a test").to(stream.deadLetterTopic)));
        }
        await(producer.close());
    }

    private List<Message> read() throws Exception {
        Topics topics = stream.clients().topics();
        TopicReader reader = stream.clients().reader();
        List<Message> messages = new ArrayList<>();
        await(topics.state(stream.topic)
                .compose(state -> reader.read(state.orElseThrow(), message -> {
                    messages.add(message);
                    return Future.succeededFuture();
                })));
        await(Future.join(reader.close(), topics.close()));
        return messages;
    }

    private void expect(String counts) {
        assertThatThrownBy(() -> await(stream.audit()))
                .hasCauseInstanceOf(AuditException.class)
                .hasMessageContaining("the archive isn't complete")
                .hasMessageContaining(counts);
    }

    private Path file(long id) {
        return directory.resolve("alerts/v2/alerts/" + id + "/" + id + ".avro.gz");
    }

    private static List<byte[]> visit() {
        return IntStream.range(0, ALERTS).mapToObj(id -> packet(id, "cutout")).toList();
    }
}
