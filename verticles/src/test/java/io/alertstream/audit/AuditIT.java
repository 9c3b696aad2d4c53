package io.alertstream.audit;

import static io.alertstream.ingester.Packets.SCHEMA;
import static io.alertstream.ingester.Packets.SCHEMA_ID;
import static io.alertstream.ingester.Packets.packet;
import static io.alertstream.ingester.Stream.await;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.Forgery;
import io.alertstream.archive.Origin;
import io.alertstream.ingester.Stream;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.settings.AuditFrom;
import io.alertstream.storage.StoreException;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void succeedsWhereEverythingIsThere() {
        assertThatCode(() -> await(stream.audit())).doesNotThrowAnyException();
    }

    @Test
    void findsWhatIsMissing() throws IOException {
        Files.delete(file(7));
        Files.delete(file(123));
        // Each was sent twice.
        expect("396 in the archive, 0 set aside, 4 missing, 0 different");
    }

    @Test
    void findsOneByteThatIsDifferent() throws Exception {
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
    void findsWhatIsNoFile() throws IOException {
        Files.delete(file(9));
        Files.createDirectory(file(9));
        expect("398 in the archive, 0 set aside, 0 missing, 2 different");
    }

    @Test
    void findsASchemaThatIsNoFile() throws IOException {
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
    void whatIsNoAlertMustHaveBeenSetAside() throws Exception {
        byte[] json = {'{', '}'};
        byte[] conflict = packet(5, "other");
        List<byte[]> values = new ArrayList<>(List.of(json, conflict));
        values.add(null);
        stream.send(values);
        expect("400 in the archive, 0 set aside, 2 missing, 1 different");

        setAside(values);
        await(stream.audit());
    }

    @Test
    void aPacketWithTheChecksumOfAnotherIsNotTakenForIt() throws Exception {
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
    void beginsWhereItIsTold() throws Exception {
        Files.delete(file(0));
        Map<String, Map<Integer, Long>> beyond = Map.of(stream.topic, Map.of(0, 51L));
        await(stream.audit(new AuditFrom.Offsets(beyond)));
        await(stream.audit(new AuditFrom.Time(Instant.now().plusSeconds(3600))));

        Map<String, Map<Integer, Long>> behindTheEnd = Map.of(stream.topic, Map.of(0, 1_000_000L));
        assertThatThrownBy(() -> await(stream.audit(new AuditFrom.Offsets(behindTheEnd))))
                .hasMessageContaining("AUDIT_FROM")
                .hasMessageContaining("1000000");
    }

    @Test
    void aStoreThatCannotBeReadIsNoEmptyArchive() throws IOException {
        Files.move(directory.resolve("alerts"), directory.resolve("elsewhere"));
        assertThatThrownBy(() -> await(stream.audit()))
                .hasMessageContaining("alerts")
                .hasCauseInstanceOf(StoreException.class);
    }

    private void setAside(List<byte[]> values) throws Exception {
        MessageProducer producer = stream.clients().producer(1 << 20);
        for (byte[] value : values) {
            Message message = new Message(stream.topic, 0, 1, 0, null, value, Headers.NONE);
            await(producer.send(
                    DeadLetter.of(message, DeadLetter.Reason.CONFLICT, "a test").to(stream.deadLetterTopic)));
        }
        await(producer.close());
    }

    private void expect(String counts) {
        assertThatThrownBy(() -> await(stream.audit()))
                .hasCauseInstanceOf(AuditException.class)
                .hasMessageContaining(counts);
    }

    private Path file(long id) {
        return directory.resolve("alerts/v2/alerts/" + id + "/" + id + ".avro.gz");
    }

    private static List<byte[]> visit() {
        return IntStream.range(0, ALERTS).mapToObj(id -> packet(id, "cutout")).toList();
    }
}
