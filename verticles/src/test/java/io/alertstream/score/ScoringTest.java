package io.alertstream.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.PacketPatch;
import io.alertstream.avro.VisitNumber;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.score.VisitScore.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores a broker's output in in-memory topics. */
class ScoringTest {

    private static final int ALERTS = 20;
    private static final int SCHEMA_ID = 1101;
    private static final Schema SCHEMA = SampleVisit.of(1).schema();
    private static final VisitNumber VISIT = VisitNumber.of(2026112700001L).orElseThrow();
    private static final Instant AT = Instant.parse("2026-11-27T20:00:00Z");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final MemoryKafka kafka = new MemoryKafka();
    private final List<Alert> alerts = new ArrayList<>();
    private Scoring scoring;

    @BeforeEach
    void publish() {
        kafka.create("replay", 1);
        kafka.create("journal", 1);
        kafka.create("output", 1);
        try (AlertStream all = SampleVisit.of(ALERTS).open(SCHEMA, SCHEMA_ID)) {
            all.forEachRemaining(alert -> {
                long id = VISIT.alertId(0, 7, alerts.size());
                alerts.add(new Alert(
                        id, 0, PacketPatch.of(SCHEMA).find(alert.packet()).with(id, VISIT.number(), 0)));
            });
        }
        kafka.put("journal", null, new VisitBegun(VISIT, AT, ALERTS).toBytes(), Headers.NONE);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private void published(byte[] packet) {
        kafka.put("replay", null, packet, Headers.NONE);
    }

    private void publishAll() {
        alerts.forEach(alert -> published(alert.packet()));
    }

    private void announce(FaultKind kind, int alert, byte[] published) {
        kafka.put(
                "journal",
                null,
                new Fault(
                                kind,
                                VISIT,
                                AT,
                                OptionalLong.of(alerts.get(alert).id()),
                                Optional.ofNullable(published).map(PacketDigest::of),
                                Optional.empty(),
                                "")
                        .toBytes(),
                Headers.NONE);
    }

    private void delivered(long id) {
        kafka.put("output", null, Long.toString(id).getBytes(UTF_8), Headers.NONE);
    }

    private void deliverAll() {
        alerts.forEach(alert -> delivered(alert.id()));
    }

    private VisitScore score(BrokerOutput output, Duration late) throws Exception {
        ScoreSettings settings = new ScoreSettings(null, null, "replay", "journal", output, late, Optional.empty());
        scoring = new Scoring(
                settings,
                kafka,
                kafka.reader(),
                new PacketIds(id -> id == SCHEMA_ID
                        ? Future.succeededFuture(SCHEMA.toString())
                        : Future.failedFuture("no schema " + id)),
                vertx.createSharedWorkerExecutor("cpu", 2),
                1_000_000);
        scoring.run().await(60, TimeUnit.SECONDS);
        return scoring.scores().visits().get(VISIT.number());
    }

    private VisitScore score() throws Exception {
        return score(new BrokerOutput.Topic("output"), Duration.ofSeconds(60));
    }

    private void judge() {
        new ScoreReport(scoring).judge();
    }

    @Test
    void aBrokerThatDeliversEverythingOnceMakesNoMistake() throws Exception {
        publishAll();
        deliverAll();
        VisitScore score = score();
        assertThat(score.publishedAlerts()).isEqualTo(ALERTS);
        assertThat(score.deliveredAlerts()).isEqualTo(ALERTS);
        assertThat(score.isClean()).isTrue();
        assertThatCode(this::judge).doesNotThrowAnyException();
        assertThat(scoring.unannounced()).isZero();
    }

    @Test
    void missingDoubledAndInventedAlertsAreFound() throws Exception {
        publishAll();
        alerts.stream().skip(2).forEach(alert -> delivered(alert.id()));
        delivered(alerts.get(5).id());
        delivered(alerts.get(5).id());
        delivered(VISIT.alertId(alerts.get(0).id(), 200, 77));
        VisitScore score = score();
        assertThat(score.deliveredAlerts()).isEqualTo(ALERTS - 2);
        assertThat(score.count(Problem.MISSING)).isEqualTo(2);
        assertThat(score.count(Problem.DOUBLED)).isEqualTo(1);
        assertThatThrownBy(this::judge)
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("2 missing")
                .hasMessageContaining("1 delivered more than once");
    }

    @Test
    void anAlertThatWasNeverPublishedIsWronglyAccepted() throws Exception {
        publishAll();
        deliverAll();
        delivered(VISIT.alertId(alerts.get(0).id(), 200, 77));
        VisitScore score = score();
        assertThat(score.count(Problem.WRONGLY_ACCEPTED)).isEqualTo(1);
        assertThatThrownBy(this::judge).hasMessageContaining("1 wrongly accepted");
    }

    @Test
    void aBrokenAlertIsNotMissedAndWronglyAcceptedIfItIsDelivered() throws Exception {
        byte[] broken = alerts.get(3).packet().clone();
        broken[9] ^= 4;
        announce(FaultKind.BIT_FLIPPED, 3, broken);
        announce(FaultKind.EMPTY, 4, new byte[0]);
        for (int i = 0; i < ALERTS; i++) {
            published(i == 3 ? broken : i == 4 ? new byte[0] : alerts.get(i).packet());
        }
        alerts.stream().filter(alert -> alerts.indexOf(alert) != 4).forEach(alert -> delivered(alert.id()));
        VisitScore score = score();
        assertThat(score.publishedAlerts()).isEqualTo(ALERTS - 2);
        assertThat(score.count(Problem.MISSING)).isZero();
        assertThat(score.count(Problem.WRONGLY_ACCEPTED)).isEqualTo(1);
        assertThat(scoring.unannounced()).isZero();
        assertThat(scoring.announced().brokenLeft()).isZero();
    }

    @Test
    void anAnnouncedRepetitionIsExpectedOnce() throws Exception {
        announce(FaultKind.DUPLICATE, 1, null);
        publishAll();
        published(alerts.get(1).packet());
        deliverAll();
        assertThat(score().isClean()).isTrue();
        assertThat(scoring.unannounced()).isZero();
        assertThat(scoring.announced().wholeLeft(scoring.scores().table())).isZero();
    }

    @Test
    void whatTheJournalSaysNothingOfIsCounted() throws Exception {
        publishAll();
        published(alerts.get(1).packet());
        published(new byte[] {1, 2, 3});
        published(null);
        deliverAll();
        score();
        assertThat(scoring.unannounced()).isEqualTo(3);
        announce(FaultKind.DUPLICATE, 2, null);
        announce(FaultKind.EMPTY, 3, new byte[0]);
        score();
        assertThat(scoring.announced().brokenLeft()).isEqualTo(1);
        assertThat(scoring.announced().wholeLeft(scoring.scores().table())).isEqualTo(1);
    }

    @Test
    void aFileTellsIdsAndTimes() throws Exception {
        publishAll();
        List<String> lines = new ArrayList<>();
        alerts.forEach(alert -> lines.add(alert.id() + "," + 5000));
        lines.set(7, alerts.get(7).id() + ",5001");
        lines.set(8, Long.toString(alerts.get(8).id()));
        lines.add("");
        Path file = Files.write(directory.resolve("ids"), lines);
        VisitScore score = score(new BrokerOutput.File(file), Duration.ofSeconds(5));
        assertThat(score.deliveredAlerts()).isEqualTo(ALERTS);
        assertThat(score.count(Problem.LATE)).isEqualTo(1);
        assertThat(score.toString()).contains("1 late", "5001 ms at most");
        assertThatThrownBy(this::judge).hasMessageContaining("1 late");
    }

    @Test
    void outputWithoutAnIdIsAMistake() throws Exception {
        publishAll();
        deliverAll();
        kafka.put("output", null, "hello".getBytes(UTF_8), Headers.NONE);
        score();
        assertThatThrownBy(this::judge).hasMessageContaining("1 without an id in the broker's output");
    }

    @Test
    void deliveriesOfOtherVisitsDontCount() throws Exception {
        publishAll();
        deliverAll();
        delivered(VISIT.next().alertId(0, 1, 1));
        score();
        assertThatCode(this::judge).doesNotThrowAnyException();
        assertThat(scoring.scores().ofOtherVisits()).isEqualTo(1);
    }

    @Test
    void aFirstVisitThatWasPartlyDeletedIsScoredByWhatIsThere() throws Exception {
        publishAll();
        deliverAll();
        kafka.trim("replay", 0, 6);
        VisitScore score = score();
        assertThat(score.publishedAlerts()).isEqualTo(ALERTS - 6);
        assertThat(score.isClean()).isTrue();
    }

    @Test
    void nothingPublishedIsNoSuccess() throws Exception {
        score();
        assertThatThrownBy(this::judge).hasMessageContaining("no alert was published");
    }

    @Test
    void aTopicThatDoesNotExistIsNamedWithItsSetting() {
        assertThatThrownBy(() -> score(new BrokerOutput.Topic("none"), Duration.ofSeconds(1)))
                .hasMessageContaining("there is no topic none; SCORE_OUTPUT names it");
    }
}
