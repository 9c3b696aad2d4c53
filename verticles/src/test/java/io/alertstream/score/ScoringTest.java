package io.alertstream.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.VisitNumber;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Dropped;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.Stopped;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.alertstream.kafka.Headers;
import io.alertstream.score.VisitScore.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores a broker's output in in-memory topics. */
class ScoringTest extends ScoringFixture {

    @Test
    void aCorrectBrokerPasses() throws Exception {
        publishAll();
        deliverAll();
        VisitScore score = score();
        assertThat(score.publishedAlerts()).isEqualTo(ALERTS);
        assertThat(score.deliveredAlerts()).isEqualTo(ALERTS);
        assertThat(score.isClean()).isTrue();
        assertThatCode(this::judge).doesNotThrowAnyException();
        assertThat(scoring.surprises().count()).isZero();
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
    void anAlertNeverPublishedIsWronglyAccepted() throws Exception {
        publishAll();
        deliverAll();
        delivered(VISIT.alertId(alerts.get(0).id(), 200, 77));
        VisitScore score = score();
        assertThat(score.count(Problem.WRONGLY_ACCEPTED)).isEqualTo(1);
        assertThatThrownBy(this::judge).hasMessageContaining("1 wrongly accepted");
    }

    @Test
    void aBrokenAlertIsWronglyAcceptedIfDelivered() throws Exception {
        byte[] broken = alerts.get(3).packet().clone();
        broken[0] ^= 4;
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
        assertThat(scoring.surprises().count()).isZero();
        assertThat(scoring.faults().found()).isEqualTo(2);
        assertThat(scoring.faults().differences()).isEmpty();
    }

    @Test
    void anAnnouncedDuplicateIsExpectedOnce() throws Exception {
        announce(FaultKind.DUPLICATE, 1, null);
        publishAll();
        published(alerts.get(1).packet());
        deliverAll();
        assertThat(score().isClean()).isTrue();
        assertThat(scoring.surprises().count()).isZero();
        assertThat(scoring.faults().found()).isEqualTo(1);
    }

    @Test
    void unannouncedMessagesAreCounted() throws Exception {
        publishAll();
        published(alerts.get(1).packet());
        published(new byte[] {1, 2, 3});
        published(null);
        deliverAll();
        score();
        assertThat(scoring.surprises().toString())
                .contains("2 messages that aren't alerts (the first is replay-0@%d)".formatted(ALERTS + 1))
                .contains("1 alerts that were published again (the first is replay-0@%d)".formatted(ALERTS));
    }

    @Test
    void aFileHasIdsAndTimes() throws Exception {
        publishAll();
        List<String> lines = new ArrayList<>();
        alerts.forEach(alert -> lines.add(alert.id() + "," + (AT.toEpochMilli() + 5000)));
        lines.set(7, alerts.get(7).id() + "," + (AT.toEpochMilli() + 5001));
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

    /** A counter, an object's id, a negative one, and what a flipped bit makes of an id. */
    @ParameterizedTest
    @ValueSource(
            longs = {42, 0x7fff_ffffL, Long.MAX_VALUE, 1L << 42, (5000L << 42) | (3 << 27), (16_000L << 42) | (9 << 27)
            })
    void anIdOfNoVisitOfTheJournalIsWronglyAccepted(long id) throws Exception {
        publishAll();
        deliverAll();
        delivered(id);
        score();
        assertThat(scoring.scores().ofOtherVisits()).isZero();
        assertThatThrownBy(this::judge).hasMessageContaining("1 wrongly accepted");
    }

    @Test
    void anIdOfAVisitBetweenTwoOfTheJournalIsWronglyAccepted() throws Exception {
        announce(new VisitBegun(VISIT.next().next(), AT.plusSeconds(74), 0, true));
        publishAll();
        deliverAll();
        delivered(VISIT.next().alertId(0, 1, 1));
        score();
        assertThatThrownBy(this::judge).hasMessageContaining("1 wrongly accepted");
    }

    @Test
    void anIdOfAVisitThatTheJournalNoLongerHasIsNotJudged() throws Exception {
        VisitNumber earlier = VisitNumber.of(2026112600007L).orElseThrow();
        publishAll();
        deliverAll();
        delivered(earlier.alertId(0, 1, 1));
        score();
        assertThatThrownBy(this::judge).as("the journal is whole").hasMessageContaining("1 wrongly accepted");

        kafka.put("journal", null, new VisitBegun(VISIT.next(), AT.plusSeconds(37), 0, true).toBytes(), Headers.NONE);
        kafka.trim("journal", 0, 1);
        kafka.trim("replay", 0, ALERTS);
        publishedAt(AT.plusSeconds(37), packets(VISIT.next(), 1).get(0));
        delivered(VISIT.next().alertId(0, 7, 0));
        score();
        assertThatCode(this::judge).doesNotThrowAnyException();
        assertThat(scoring.scores().ofOtherVisits()).isEqualTo(ALERTS + 1);
    }

    /** Nothing more of it will come. */
    @ParameterizedTest
    @ValueSource(strings = {"stopped", "dropped", "followed by another"})
    void anInventedIdOfAVisitThatEndedEarlyIsWronglyAccepted(String end) throws Exception {
        alerts.stream().limit(5).forEach(alert -> published(alert.packet()));
        alerts.stream().limit(5).forEach(alert -> delivered(alert.id()));
        announceDelay(FaultKind.LATE, 6);
        delivered(alerts.get(6).id());
        delivered(VISIT.alertId(0, 200, 77));
        announce(
                switch (end) {
                    case "stopped" -> new Stopped(VISIT, AT.plusSeconds(1));
                    case "dropped" -> new Dropped(VISIT, AT.plusSeconds(1));
                    default -> new VisitBegun(VISIT.next(), AT.plusSeconds(37), 0, true);
                });
        this.end = AT.plusSeconds(60);
        VisitScore score = score();
        assertThat(score.count(Problem.WRONGLY_ACCEPTED))
                .as("without the late alert, unless a stop has published it")
                .isEqualTo(end.equals("stopped") ? 2 : 1);
        assertThatThrownBy(this::judge).hasMessageContaining("wrongly accepted");
    }

    private void announceDelay(FaultKind kind, int alert) {
        announce(Fault.ofAlert(kind, VISIT, AT, alerts.get(alert).id(), Optional.empty(), Duration.ofMinutes(3)));
    }

    /** The visit that is repeated has a number of its own, which isn't in the journal. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInventedIdIsFoundInVisitsThatRepeatTheirIds(boolean trimmed) throws Exception {
        VisitNumber original = VisitNumber.of(2026032200100L).orElseThrow();
        List<byte[]> packets = packets(original, 5);
        VisitNumber visit = VISIT;
        for (int i = 1; i <= 4; i++) {
            visit = visit.next();
            Instant at = AT.plusSeconds(37L * i);
            announce(new VisitBegun(visit, at, 5, false));
            packets.forEach(packet -> publishedAt(at, packet));
        }
        if (trimmed) {
            kafka.trim("replay", 0, 7);
        }
        for (int i = 0; i < 5; i++) {
            delivered(original.alertId(0, 7, i));
        }
        score();
        assertThatCode(this::judge).doesNotThrowAnyException();
        delivered(original.alertId(0, 200, 77));
        delivered(42);
        score();
        assertThatThrownBy(this::judge).hasMessageContaining("2 wrongly accepted");
    }

    /** Its topic is announced once, with the first visit of the new version. */
    @Test
    void alertsOfANewMajorVersionAreReadAlsoIfItsLineIsLeftOut() throws Exception {
        kafka.create("other", 1);
        Instant later = AT.plus(Duration.ofHours(5));
        VisitNumber visit = VISIT.next();
        announceAt(later, new VisitBegun(visit, later, 2, true, Optional.of("other")));
        kafka.time(later.toEpochMilli());
        packets(visit, 2).forEach(packet -> kafka.put("other", null, packet, Headers.NONE));
        kafka.time(AT.toEpochMilli());
        from = Optional.of(later.minusSeconds(1));
        end = later.plusSeconds(60);
        score();
        VisitScore score = scoring.scores().visits().get(visit.number());
        assertThat(score.publishedAlerts()).isEqualTo(2);
        assertThat(scoring.faults().unfinished()).isEmpty();
    }

    /** The other topics are read when the journal is known, and alerts go on being published meanwhile. */
    @Test
    void alertsThatCameIntoTheNewTopicSinceAreNotMissing() throws Exception {
        kafka.create("other", 1);
        announce(new VisitBegun(VISIT.next(), AT, 1, true, Optional.of("other")));
        publishAll();
        deliverAll();
        end = AT.plusSeconds(10);
        kafka.time(end.plusSeconds(1).toEpochMilli());
        kafka.put("other", null, packets(VISIT.next(), 1).get(0), Headers.NONE);
        kafka.put("other", null, new byte[] {1}, Headers.NONE);
        score();
        assertThatCode(this::judge).doesNotThrowAnyException();
        assertThat(scoring.surprises().count()).isZero();
    }

    @Test
    void aPartlyDeletedFirstVisitIsScoredByTheRest() throws Exception {
        publishAll();
        deliverAll();
        kafka.trim("replay", 0, 6);
        VisitScore score = score();
        assertThat(score.publishedAlerts()).isEqualTo(ALERTS - 6);
        assertThat(score.isClean()).isTrue();
    }

    @Test
    void visitsThatRetentionHasDeletedAreNotScored() throws Exception {
        Instant later = AT.plusSeconds(37);
        announce(new VisitBegun(VISIT.next(), later, 2, true));
        publishAll();
        kafka.time(later.toEpochMilli());
        List<byte[]> next = packets(VISIT.next(), 2);
        next.forEach(this::published);
        kafka.trim("replay", 0, ALERTS);
        deliverAll();
        delivered(VISIT.next().alertId(0, 7, 0));
        delivered(VISIT.next().alertId(0, 7, 1));
        score();
        assertThatCode(this::judge).doesNotThrowAnyException();
        assertThat(scoring.scores().ofOtherVisits()).isEqualTo(ALERTS);
        assertThat(scoring.faults().unfinished()).isEmpty();
    }

    private static final byte[] EMPTY = {};
    private static final Instant LATER = AT.plusSeconds(37);

    /** The next visit, whole, with its fourth alert replaced by an empty message; its last delivery is invented. */
    private void publishNextVisitWithAnEmptyMessage() {
        announce(new VisitBegun(VISIT.next(), LATER, ALERTS, true));
        announce(
                FaultKind.EMPTY,
                VISIT.next(),
                LATER.plusSeconds(1),
                VISIT.next().alertId(0, 7, 3),
                EMPTY);
        List<byte[]> packets = packets(VISIT.next(), ALERTS);
        for (int i = 0; i < ALERTS; i++) {
            publishedAt(LATER.plusSeconds(i == 0 ? 0 : 1), i == 3 ? EMPTY : packets.get(i));
            if (i != 3) {
                delivered(VISIT.next().alertId(0, 7, i));
            }
        }
        delivered(VISIT.next().alertId(0, 200, 77));
    }

    private void assertTheNextVisitIsWholeAndHasAnInventedAlert() throws Exception {
        score();
        assertThat(scoring.faults().unfinished()).doesNotContainKey(VISIT.next().number());
        assertThat(scoring.faults().differences()).isEmpty();
        assertThat(scoring.surprises().count()).isZero();
        VisitScore next = scoring.scores().visits().get(VISIT.next().number());
        assertThat(next.accounted()).isEqualTo(ALERTS);
        assertThat(next.count(Problem.WRONGLY_ACCEPTED)).isEqualTo(1);
        assertThatThrownBy(this::judge).hasMessageContaining("1 wrongly accepted");
    }

    @Test
    void anEmptyMessageIsNotTakenForOneThatRetentionHasDeleted() throws Exception {
        announce(FaultKind.EMPTY, 3, EMPTY);
        for (int i = 0; i < ALERTS; i++) {
            published(i == 3 ? EMPTY : alerts.get(i).packet());
        }
        publishNextVisitWithAnEmptyMessage();
        kafka.trim("replay", 0, ALERTS);
        assertTheNextVisitIsWholeAndHasAnInventedAlert();
    }

    @Test
    void anEmptyMessageIsNotTakenForOneThatAStopLeftOut() throws Exception {
        announce(FaultKind.EMPTY, 15, EMPTY);
        announce(new Stopped(VISIT, AT));
        alerts.stream().limit(15).forEach(alert -> published(alert.packet()));
        alerts.stream().limit(15).forEach(alert -> delivered(alert.id()));
        publishNextVisitWithAnEmptyMessage();
        assertTheNextVisitIsWholeAndHasAnInventedAlert();
        assertThat(scoring.faults().unfinished()).containsOnlyKeys(VISIT.number());
    }

    /** Each visit's empty messages are its own, whichever partition is read first and however late they are sent. */
    @Test
    void emptyMessagesBelongToTheVisitInWhichTheyWerePublished() throws Exception {
        long seed = 11;
        Random random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            BrokenFaults broken = new BrokenFaults();
            PacketDigest digest = PacketDigest.of(EMPTY);
            List<long[]> messages = new ArrayList<>();
            Map<Long, Integer> expected = new TreeMap<>();
            VisitNumber visit = VISIT;
            for (long start = 0; start < 37_000 * 20; start += 37_000, visit = visit.next()) {
                boolean isDeleted = random.nextInt(4) == 0;
                for (int i = random.nextInt(5); i > 0; i--) {
                    long due = start + random.nextInt(3000);
                    Fault fault = Fault.ofAlert(
                            FaultKind.EMPTY,
                            visit,
                            Instant.ofEpochMilli(due),
                            visit.alertId(0, 7, i),
                            Optional.of(digest),
                            Duration.ZERO);
                    broken.add(digest, new AlertFault(fault));
                    if (!isDeleted) {
                        messages.add(new long[] {visit.number(), due + random.nextInt(30_000)});
                        expected.merge(visit.number(), 1, Integer::sum);
                    }
                }
            }
            Collections.shuffle(messages, random);
            Map<Long, Integer> found = new TreeMap<>();
            messages.forEach(message ->
                    found.merge(broken.take(digest, message[1]).orElseThrow().visit(), 1, Integer::sum));
            assertThat(found).as("run %d, seed %d", run, seed).isEqualTo(expected);
        }
    }

    /** Partitions are filled in turns, so the first message after a time comes later in some than in others. */
    @Test
    void aVisitThatBeganAfterScoreFromIsWholeHoweverItIsSpreadOverPartitions() throws Exception {
        kafka.create("replay", 2);
        alerts.forEach(alert -> publishedAt(AT, alerts.indexOf(alert) % 2, alert.packet()));
        announceAt(LATER, new VisitBegun(VISIT.next(), LATER, ALERTS, true));
        List<byte[]> packets = packets(VISIT.next(), ALERTS);
        for (int i = 0; i < ALERTS; i++) {
            int partition = i < ALERTS / 2 ? 0 : 1;
            publishedAt(LATER.plusSeconds(partition), partition, packets.get(i));
        }
        kafka.time(LATER.plusSeconds(2).toEpochMilli());
        for (int i = 0; i < ALERTS; i++) {
            delivered(VISIT.next().alertId(0, 7, i));
        }
        delivered(VISIT.next().alertId(0, 200, 77));
        from = Optional.of(AT.plusSeconds(30));
        assertTheNextVisitIsWholeAndHasAnInventedAlert();
        assertThat(scoring.scores().isCutOff(VISIT.number())).isTrue();
    }

    @Test
    void aVisitThatRetentionHasCutIsCutOffAlsoWithScoreFrom() throws Exception {
        Instant later = AT.plusSeconds(37);
        announce(new VisitBegun(VISIT.next(), later, 2, true));
        List<byte[]> packets = packets(VISIT.next(), 2);
        publishedAt(later, packets.get(0));
        publishedAt(later.plusSeconds(1), packets.get(1));
        kafka.trim("replay", 0, 1);
        from = Optional.of(AT.plusSeconds(30));
        score();
        assertThat(scoring.scores().isCutOff(VISIT.next().number())).isTrue();
        assertThat(scoring.faults().unfinished()).isEmpty();
    }

    /** The replayer writes a visit's lines before its start, and a late alert's long before the alert. */
    @Test
    void whatTheJournalAnnouncedBeforeScoreFromIsNoSurprise() throws Exception {
        announce(Fault.ofAlert(FaultKind.LATE, VISIT, AT, alerts.get(3).id(), Optional.empty(), Duration.ofMinutes(1)));
        announce(FaultKind.EMPTY, 5, EMPTY);
        announceAt(LATER.minusSeconds(1), new VisitBegun(VISIT.next(), LATER, 1, true));
        announceAt(LATER.plusSeconds(16), new VisitBegun(VISIT.next().next(), LATER.plusSeconds(17), 0, true));
        publishedAt(LATER, packets(VISIT.next(), 1).get(0));
        publishedAt(LATER, EMPTY);
        publishedAt(AT.plusSeconds(60), alerts.get(3).packet());
        from = Optional.of(LATER.minusMillis(500));
        score();
        assertThat(scoring.surprises().toString()).isEmpty();
        assertThat(scoring.scores().isCutOff(VISIT.next().number()))
                .as("a visit that begins after SCORE_FROM, with a line from before it")
                .isFalse();
    }

    /** A visit may last longer than the journal is read back. */
    @Test
    void alertsOfVisitsThatBeganLongBeforeScoreFromAreNoSurprise() throws Exception {
        VisitNumber unknown = VISIT.next();
        Instant late = AT.plus(Duration.ofHours(10));
        announceAt(late, new VisitBegun(unknown.next(), late, 0, true));
        List<byte[]> packets = packets(unknown, 1);
        publishedAt(late.plusSeconds(10), packets.get(0));
        publishedAt(late.plusSeconds(10), packets.get(0));
        from = Optional.of(late);
        score();
        assertThat(scoring.surprises().toString()).isEmpty();
    }

    @Test
    void alertsThatAreStillToComeAreNotWronglyAccepted() throws Exception {
        alerts.stream().limit(5).forEach(alert -> published(alert.packet()));
        alerts.stream().limit(9).forEach(alert -> delivered(alert.id()));
        VisitScore score = score();
        assertThat(score.isClean()).isTrue();
        assertThat(scoring.scores().ofOtherVisits()).isEqualTo(4);
        assertThat(scoring.faults().unfinished()).containsOnlyKeys(VISIT.number());
    }

    @Test
    void aBrokenMessageThatTheJournalDoesNotAnnounceIsNoAlert() throws Exception {
        byte[] cut = java.util.Arrays.copyOf(alerts.get(3).packet(), 500);
        for (int i = 0; i < ALERTS; i++) {
            published(i == 3 ? cut : alerts.get(i).packet());
        }
        deliverAll();
        VisitScore score = score();
        assertThat(score.publishedAlerts()).isEqualTo(ALERTS - 1);
        assertThat(scoring.surprises().toString()).contains("1 messages that aren't alerts");
    }

    @Test
    void outputWithoutTimesIsNeitherLateNorInTheLatencies() throws Exception {
        publishAll();
        Path file = Files.write(
                directory.resolve("ids"),
                alerts.stream().map(alert -> Long.toString(alert.id())).toList());
        assertThat(score(new BrokerOutput.File(file), Duration.ofMillis(1)).toString())
                .endsWith("0 late, 0 wrongly accepted; latency unknown");
        assertThat(scoring.scores().deliveriesWithoutTime()).isEqualTo(ALERTS);
    }

    @Test
    void aFileThatIsNotTextHasLinesWithoutIds() throws Exception {
        publishAll();
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        Path file = Files.write(directory.resolve("noise"), noise);
        score(new BrokerOutput.File(file), Duration.ofMillis(1));
        assertThat(scoring.scores().unreadableOutput()).isBetween(2_000L, 6_000L);
        assertThatThrownBy(this::judge).hasMessageContaining("without an id in the broker's output");
    }

    @Test
    void aFileThatVanishedIsNamed() {
        Path file = directory.resolve("gone");
        assertThatThrownBy(() -> score(new BrokerOutput.File(file), Duration.ofMillis(1)))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining(file + ", which SCORE_OUTPUT names, can't be read");
    }

    @Test
    void aTopicThatIsNoJournalIsNamedWithItsSetting() {
        kafka.put("journal", null, new byte[] {1}, Headers.NONE);
        assertThatThrownBy(this::score)
                .hasMessageContaining("topic journal isn't a journal; REPLAY_JOURNAL_TOPIC names it");
    }

    @Test
    void aVisitsLineNamesItsFaults() throws Exception {
        announce(Fault.ofVisit(FaultKind.STOPPED, VISIT, AT, 4, Duration.ofSeconds(60)));
        announce(FaultKind.DUPLICATE, 1, null);
        announce(FaultKind.DUPLICATE, 2, null);
        score();
        assertThat(scoring.announced().visit(VISIT.number()).orElseThrow().faults())
                .isEqualTo("stopped for 60000 ms after 4 alerts, 2 duplicate");
    }

    @Test
    void withoutPublishedAlertsItFails() throws Exception {
        score();
        assertThatThrownBy(this::judge).hasMessageContaining("no alert was published");
    }

    @Test
    void aMissingTopicIsNamedWithItsSetting() {
        assertThatThrownBy(() -> score(new BrokerOutput.Topic("none"), Duration.ofSeconds(1)))
                .hasMessageContaining("there is no topic none; SCORE_OUTPUT names it");
    }
}
