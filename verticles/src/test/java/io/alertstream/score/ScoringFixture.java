package io.alertstream.score;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.PacketPatch;
import io.alertstream.avro.VisitNumber;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.kafka.NewMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal that announces a visit, a replay topic and a broker's output, in memory. */
abstract class ScoringFixture {

    static final int ALERTS = 20;
    static final int SCHEMA_ID = 1101;
    static final Schema SCHEMA = SampleVisit.of(1).schema();
    static final VisitNumber VISIT = VisitNumber.of(2026112700001L).orElseThrow();
    static final Instant AT = Instant.parse("2026-11-27T20:00:00Z");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    /** The registry. */
    final Map<Integer, String> schemas = new HashMap<>(Map.of(SCHEMA_ID, SCHEMA.toString()));

    final MemoryKafka kafka = new MemoryKafka();
    final List<Alert> alerts = new ArrayList<>();
    /** When the topics are read. */
    Instant end = AT.plus(Duration.ofHours(1));
    /** What was published before this is left out. */
    Optional<Instant> from = Optional.empty();

    Scoring scoring;

    @BeforeEach
    void publish() {
        kafka.create("replay", 1);
        kafka.create("journal", 1);
        kafka.create("output", 1);
        List<byte[]> packets = packets(VISIT, ALERTS);
        for (int i = 0; i < ALERTS; i++) {
            alerts.add(new Alert(VISIT.alertId(0, 7, i), 0, packets.get(i)));
        }
        kafka.time(AT.toEpochMilli());
        announce(new VisitBegun(VISIT, AT, ALERTS, true));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    /** Alerts of a visit, with ids that count up on one detector. */
    static List<byte[]> packets(VisitNumber visit, int count) {
        List<byte[]> packets = new ArrayList<>();
        try (AlertStream all = SampleVisit.of(count).open(SCHEMA, SCHEMA_ID)) {
            all.forEachRemaining(alert -> packets.add(PacketPatch.of(SCHEMA)
                    .find(alert.packet())
                    .with(visit.alertId(0, 7, packets.size()), visit.number(), 0)));
        }
        return packets;
    }

    void published(byte[] packet) {
        kafka.put("replay", null, packet, Headers.NONE);
    }

    void publishedAt(Instant time, byte[] packet) {
        kafka.time(time.toEpochMilli());
        published(packet);
        kafka.time(AT.toEpochMilli());
    }

    /** Into one partition of the replay topic. */
    void publishedAt(Instant time, int partition, byte[] packet) {
        kafka.time(time.toEpochMilli());
        kafka.producer().send(new NewMessage("replay", partition, null, packet, Headers.NONE));
        kafka.time(AT.toEpochMilli());
    }

    void publishAll() {
        alerts.forEach(alert -> published(alert.packet()));
    }

    void announce(JournalLine line) {
        kafka.put("journal", null, line.toBytes(), Headers.NONE);
    }

    /** Announces a line that was written at a time. */
    void announceAt(Instant time, JournalLine line) {
        kafka.time(time.toEpochMilli());
        announce(line);
        kafka.time(AT.toEpochMilli());
    }

    void announce(FaultKind kind, int alert, byte[] published) {
        announce(kind, VISIT, AT, alerts.get(alert).id(), published);
    }

    void announce(FaultKind kind, VisitNumber visit, Instant at, long id, byte[] published) {
        announce(Fault.ofAlert(
                kind, visit, at, id, Optional.ofNullable(published).map(PacketDigest::of), Duration.ZERO));
    }

    void delivered(long id) {
        kafka.put("output", null, Long.toString(id).getBytes(UTF_8), Headers.NONE);
    }

    void deliverAll() {
        alerts.forEach(alert -> delivered(alert.id()));
    }

    VisitScore score(BrokerOutput output, Duration late) throws Exception {
        ScoreSettings settings =
                new ScoreSettings(null, null, "replay", "journal", AlertProfile.lsst(), output, late, from);
        scoring = new Scoring(
                settings,
                Clock.fixed(end, ZoneOffset.UTC),
                kafka,
                kafka.reader(),
                new Packets(
                        id -> schemas.containsKey(id)
                                ? Future.succeededFuture(schemas.get(id))
                                : Future.failedFuture("no schema " + id),
                        AlertProfile.lsst()),
                vertx.createSharedWorkerExecutor("cpu", 2),
                1_000_000);
        scoring.run().await(60, TimeUnit.SECONDS);
        return scoring.scores().visits().get(VISIT.number());
    }

    VisitScore score() throws Exception {
        return score(new BrokerOutput.Topic("output"), Duration.ofSeconds(60));
    }

    void judge() {
        new ScoreReport(scoring).judge();
    }
}
