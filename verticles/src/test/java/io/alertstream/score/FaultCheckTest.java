package io.alertstream.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.NextSchema;
import io.alertstream.avro.PacketPatch;
import io.alertstream.avro.VisitNumber;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Dropped;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.Stopped;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.alertstream.score.FaultCheck.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Looks for announced faults in what was published. */
class FaultCheckTest extends ScoringFixture {

    private static final int NEXT_SCHEMA_ID = 100_001;

    private void publishedAt(long millis, byte[] packet) {
        publishedAt(AT.plusMillis(millis), packet);
    }

    private void publishAllBut(int alert) {
        for (int i = 0; i < ALERTS; i++) {
            if (i != alert) {
                published(alerts.get(i).packet());
            }
        }
    }

    private void announceDelay(FaultKind kind, int alert, long dueMillis, Duration delay) {
        announce(Fault.ofAlert(
                kind, VISIT, AT.plusMillis(dueMillis), alerts.get(alert).id(), Optional.empty(), delay));
    }

    private FaultCheck check() throws Exception {
        score();
        return scoring.faults();
    }

    private void assertFound(long faults) throws Exception {
        assertThat(check().differences()).isEmpty();
        assertThat(scoring.faults().found()).isEqualTo(faults);
        assertThat(scoring.faults().unfinished()).isEmpty();
        assertThat(scoring.surprises().count()).isZero();
    }

    private void assertDiffers(FaultKind kind, Finding finding) throws Exception {
        assertThat(check().differences()).containsOnlyKeys(new Difference(kind, finding));
        assertThat(scoring.faults().found()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"LATE", "REORDERED"})
    void anAlertThatIsPublishedLaterThanItsTimeIsFound(FaultKind kind) throws Exception {
        announceDelay(kind, 3, 500, Duration.ofSeconds(2));
        publishAllBut(3);
        publishedAt(2501, alerts.get(3).packet());
        assertFound(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"LATE", "REORDERED"})
    void anAlertThatIsPublishedAtItsTimeAfterAllIsNot(FaultKind kind) throws Exception {
        announceDelay(kind, 3, 500, Duration.ofSeconds(2));
        publishAllBut(3);
        publishedAt(600, alerts.get(3).packet());
        assertDiffers(kind, Finding.WITHOUT_DELAY);
    }

    @Test
    void anAlertThatIsStillToComeIsNeitherFoundNorAbsent() throws Exception {
        announceDelay(FaultKind.LATE, 3, 0, Duration.ofMinutes(3));
        publishAllBut(3);
        end = AT.plusSeconds(60);
        assertThat(check().differences()).isEmpty();
        assertThat(scoring.faults().ofUnfinished()).isEqualTo(1);
        assertThat(scoring.faults().unfinished()).isEmpty();
        end = AT.plusSeconds(240);
        assertThat(check().unfinished()).hasSize(1);
    }

    @Test
    void aStopInMidVisitIsFoundWhateverElseIsPublishedMeanwhile() throws Exception {
        announce(Fault.ofVisit(FaultKind.STOPPED, VISIT, AT, 8, Duration.ofSeconds(60)));
        announceDelay(FaultKind.REORDERED, 2, 0, Duration.ofSeconds(20));
        announceDelay(FaultKind.LATE, 4, 0, Duration.ofSeconds(40));
        for (int i = 0; i < ALERTS; i++) {
            publishedAt(
                    i == 2 ? 20_000 : i == 4 ? 40_000 : i < 8 ? i : 60_000,
                    alerts.get(i).packet());
        }
        assertFound(3);
    }

    @Test
    void aStopThatDidNotHappenIsNotFound() throws Exception {
        announce(Fault.ofVisit(FaultKind.STOPPED, VISIT, AT, 8, Duration.ofSeconds(60)));
        for (int i = 0; i < ALERTS; i++) {
            publishedAt(1000L * i, alerts.get(i).packet());
        }
        assertDiffers(FaultKind.STOPPED, Finding.NO_PAUSE);
    }

    @ParameterizedTest
    @CsvSource({"0, 60000", "20, 0"})
    void aStopBeforeTheFirstOrAfterTheLastAlertIsFound(long place, long millis) throws Exception {
        announce(Fault.ofVisit(FaultKind.STOPPED, VISIT, AT, place, Duration.ofSeconds(60)));
        alerts.forEach(alert -> publishedAt(millis, alert.packet()));
        assertFound(1);
    }

    /** The replayer announces a visit's faults while it reads ahead: a stop leaves some of them unpublished. */
    @Test
    void theFaultsOfAVisitThatIsNotDoneAreNotAbsent() throws Exception {
        announce(Fault.ofVisit(FaultKind.STOPPED, VISIT, AT, 8, Duration.ofSeconds(60)));
        announce(FaultKind.DUPLICATE, 15, null);
        announce(FaultKind.EMPTY, 16, new byte[0]);
        alerts.stream().limit(8).forEach(alert -> published(alert.packet()));
        assertThat(check().differences()).isEmpty();
        assertThat(scoring.faults().ofUnfinished()).isEqualTo(3);
        assertThat(scoring.faults().unfinished().get(VISIT.number()))
                .isEqualTo(new FaultCheck.Unfinished(VISIT.number(), 8, ALERTS, FaultCheck.Cause.GOING_ON));
    }

    @Test
    void messagesThatAStoppedReplayerHeldBackAreFound() throws Exception {
        announceDelay(FaultKind.LATE, 3, 0, Duration.ofMinutes(3));
        announceDelay(FaultKind.LATE, 4, 0, Duration.ofSeconds(10));
        announce(FaultKind.DUPLICATE, 15, null);
        announce(new Stopped(VISIT, AT.plusSeconds(20)));
        for (int i = 0; i < 8; i++) {
            publishedAt(i == 3 ? 20_001 : i == 4 ? 10_000 : 0, alerts.get(i).packet());
        }
        FaultCheck check = check();
        assertThat(check.differences()).isEmpty();
        assertThat(check.found()).isEqualTo(2);
        assertThat(check.ofUnfinished()).isEqualTo(1);
        assertThat(check.unfinished().get(VISIT.number()).cause()).isEqualTo(FaultCheck.Cause.STOPPED);
    }

    /** The replayer reads ahead, so it may hold an alert whose own time is yet to come. */
    @Test
    void aLateAlertThatAStoppedReplayerPublishesBeforeItsOwnTimeIsFound() throws Exception {
        announceDelay(FaultKind.LATE, 3, 800, Duration.ofMinutes(3));
        announce(new Stopped(VISIT, AT.plusMillis(100)));
        publishAllBut(3);
        publishedAt(101, alerts.get(3).packet());
        assertFound(1);
    }

    @Test
    void aLateAlertThatWasPublishedLongBeforeTheStopIsNot() throws Exception {
        announceDelay(FaultKind.LATE, 3, 500, Duration.ofMinutes(3));
        announce(new Stopped(VISIT, AT.plusSeconds(60)));
        publishAllBut(3);
        publishedAt(501, alerts.get(3).packet());
        assertDiffers(FaultKind.LATE, Finding.WITHOUT_DELAY);
    }

    @ParameterizedTest
    @EnumSource(names = {"DUPLICATE", "ALTERED"})
    void aRepetitionThatAStoppedReplayerDroppedIsExplained(FaultKind kind) throws Exception {
        announceDelay(kind, 3, 0, Duration.ofSeconds(30));
        announce(new Stopped(VISIT, AT.plusSeconds(5)));
        publishAll();
        FaultCheck check = check();
        assertThat(check.differences()).isEmpty();
        assertThat(check.ofUnfinished()).isEqualTo(1);
        assertThat(check.unfinished()).isEmpty();
    }

    @Test
    void aRepetitionThatWasDueBeforeTheStopIsNot() throws Exception {
        announceDelay(FaultKind.DUPLICATE, 3, 0, Duration.ofSeconds(3));
        announce(new Stopped(VISIT, AT.plusSeconds(5)));
        publishAll();
        assertDiffers(FaultKind.DUPLICATE, Finding.ONCE);
    }

    @Test
    void aVisitThatTheReplayerGaveUpIsExplained() throws Exception {
        announce(FaultKind.EMPTY, 15, new byte[0]);
        announceDelay(FaultKind.DUPLICATE, 2, 0, Duration.ofSeconds(30));
        announceDelay(FaultKind.LATE, 3, 0, Duration.ofSeconds(30));
        announce(new Dropped(VISIT, AT.plusSeconds(1)));
        announce(new VisitBegun(VISIT.next(), AT.plusSeconds(37), 0, true));
        publishedAt(0, alerts.get(2).packet());
        publishedAt(30_000, alerts.get(3).packet());
        FaultCheck check = check();
        assertThat(check.differences()).isEmpty();
        assertThat(check.found()).as("the late alert").isEqualTo(1);
        assertThat(check.ofUnfinished()).isEqualTo(2);
        assertThat(check.unfinished().get(VISIT.number()))
                .isEqualTo(new FaultCheck.Unfinished(VISIT.number(), 2, ALERTS, FaultCheck.Cause.DROPPED));
    }

    @Test
    void repetitionsAreComparedByTheirBytes() throws Exception {
        byte[] other = PacketPatch.of(SCHEMA)
                .find(alerts.get(2).packet())
                .with(alerts.get(2).id(), VISIT.number(), 1);
        announce(FaultKind.DUPLICATE, 1, null);
        announce(FaultKind.ALTERED, 2, other);
        publishAll();
        published(alerts.get(1).packet());
        published(other);
        assertFound(2);
        announce(FaultKind.ALTERED, 3, other);
        announce(FaultKind.DUPLICATE, 4, null);
        published(PacketPatch.of(SCHEMA)
                .find(alerts.get(4).packet())
                .with(alerts.get(4).id(), VISIT.number(), 1));
        check();
        assertThat(scoring.faults().differences())
                .containsOnlyKeys(
                        new Difference(FaultKind.ALTERED, Finding.ONCE),
                        new Difference(FaultKind.DUPLICATE, Finding.OTHER_BYTES));
    }

    @Test
    void moreThanOneRepetitionIsADifference() throws Exception {
        announce(FaultKind.DUPLICATE, 1, null);
        publishAll();
        published(alerts.get(1).packet());
        published(alerts.get(1).packet());
        assertDiffers(FaultKind.DUPLICATE, Finding.TOO_OFTEN);
    }

    @Test
    void aBrokenAlertThatIsPublishedIntactIsNotFound() throws Exception {
        announce(FaultKind.CUT_SHORT, 4, new byte[] {0, 1});
        publishAll();
        assertDiffers(FaultKind.CUT_SHORT, Finding.INTACT);
    }

    @Test
    void anOversizeAlertHasTheBytesAnnounced() throws Exception {
        announce(FaultKind.OVERSIZE, 4, alerts.get(4).packet());
        publishAll();
        assertFound(1);
        announce(FaultKind.OVERSIZE, 5, new byte[] {1});
        assertThat(check().differences()).containsOnlyKeys(new Difference(FaultKind.OVERSIZE, Finding.OTHER_BYTES));
    }

    @Test
    void aVisitIsMissingIfNoneOfItWasPublished() throws Exception {
        announce(Fault.ofVisit(FaultKind.VISIT_MISSING, VISIT, AT, 0, Duration.ZERO));
        assertFound(1);
        published(alerts.get(0).packet());
        assertDiffers(FaultKind.VISIT_MISSING, Finding.OTHER_COUNT);
    }

    @Test
    void aCutVisitHasTheAlertsBeforeTheCut() throws Exception {
        announce(Fault.ofVisit(FaultKind.VISIT_CUT, VISIT, AT, 8, Duration.ZERO));
        alerts.stream().limit(8).forEach(alert -> published(alert.packet()));
        assertFound(1);
        published(alerts.get(8).packet());
        assertDiffers(FaultKind.VISIT_CUT, Finding.OTHER_COUNT);
    }

    @Test
    void aCutVisitWithAnAlertStillToComeIsFound() throws Exception {
        announce(Fault.ofVisit(FaultKind.VISIT_CUT, VISIT, AT, 8, Duration.ZERO));
        announceDelay(FaultKind.LATE, 3, 0, Duration.ofMinutes(3));
        for (int i = 0; i < 8; i++) {
            if (i != 3) {
                published(alerts.get(i).packet());
            }
        }
        end = AT.plusSeconds(60);
        FaultCheck check = check();
        assertThat(check.differences()).isEmpty();
        assertThat(check.found()).isEqualTo(1);
        assertThat(check.ofUnfinished()).isEqualTo(1);
    }

    private void announceVersion(FaultKind kind, VisitNumber visit, Instant at, int schemaId) {
        announce(new VisitBegun(visit, at, 1, true));
        announce(Fault.ofStream(kind, visit, at, Optional.empty(), OptionalInt.of(schemaId)));
    }

    /** Also if the visit before it has it too, as after a restart with {@code from: 1}. */
    @Test
    void aNewVersionIsFoundByItsSchema() throws Exception {
        NextSchema next = NextSchema.minor(SCHEMA);
        schemas.put(NEXT_SCHEMA_ID, next.schema());
        publishAll();
        VisitNumber visit = VISIT;
        for (int i = 1; i <= 2; i++) {
            visit = visit.next();
            announceVersion(FaultKind.NEW_MINOR, visit, AT.plusSeconds(37L * i), NEXT_SCHEMA_ID);
            publishedAt(
                    37_000L * i, next.packet(NEXT_SCHEMA_ID, packets(visit, 1).get(0)));
        }
        assertFound(2);
        visit = visit.next();
        announceVersion(FaultKind.NEW_MAJOR, visit, AT.plusSeconds(111), NEXT_SCHEMA_ID + 1);
        publishedAt(111_000, next.packet(NEXT_SCHEMA_ID, packets(visit, 1).get(0)));
        assertThat(check().differences()).containsOnlyKeys(new Difference(FaultKind.NEW_MAJOR, Finding.SAME_VERSION));
    }

    @Test
    void anAlertThatComesAfterTheNextVisitsStartIsASurprise() throws Exception {
        announce(new VisitBegun(VISIT.next(), AT.plusSeconds(37), 0, true));
        publishAllBut(3);
        publishedAt(40_000, alerts.get(3).packet());
        check();
        assertThat(scoring.surprises().toString())
                .contains("1 alerts that were published after the next visit's start");
    }

    @Test
    void visitsThatRepeatTheirIdsAreNotLookedFor() throws Exception {
        announce(new VisitBegun(VISIT.next(), AT, ALERTS, false));
        announce(new Fault(
                FaultKind.EMPTY,
                VISIT.next(),
                AT,
                OptionalLong.of(alerts.get(3).id()),
                Optional.of(PacketDigest.of(new byte[0])),
                Duration.ZERO,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty()));
        publishAll();
        publishAllBut(3);
        published(new byte[0]);
        deliverAll();
        assertThat(check().differences()).isEmpty();
        assertThat(scoring.faults().notLookedFor()).isEqualTo(1);
        assertThat(scoring.surprises().count()).isZero();
    }

    @Test
    void aPauseIsFoundInWhateverOrderItsTimesCome() {
        long seed = 5;
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            Pauses pauses = new Pauses();
            long pause = 1L + random.nextInt(100_000);
            int count = 2 + random.nextInt(300);
            int before = random.nextInt(count);
            for (int i = 0; i < count; i++) {
                int late = random.nextInt(100);
                pauses.add(random.nextBoolean() || i < before ? late : 100 + pause + late);
            }
            pauses.add(200 + pause);
            assertThat(pauses.hasOne(0, pause)).as("run %d, seed %d", run, seed).isTrue();
            assertThat(pauses.hasOne(0, 3 * (pause + 200)))
                    .as("run %d, seed %d", run, seed)
                    .isFalse();
        }
    }
}
