package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.SchemaParser;
import io.alertstream.avro.VisitNumber;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Dropped;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.Stopped;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.NightMark;
import io.alertstream.kafka.VisitHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visits with new ids and times on each replay, and the effect of each fault. */
class StagedReplayTest extends StagedFixture {

    private static final String NEW_TOPIC = "alerts-v12";
    private static final int ALERTS = 40;
    private static final double NOW_MJD_TAI = 61_371 + (20 * 3600 + 37) / 86_400.0;

    private final List<Alert> originals = new ArrayList<>();

    @BeforeEach
    void load() {
        try (AlertStream alerts = SampleVisit.of(ALERTS).open(SCHEMA, SCHEMA_ID)) {
            alerts.forEachRemaining(originals::add);
        }
        originals.forEach(alert -> kafka.put(
                STATIC,
                null,
                alert.packet(),
                Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(0))
                        .and(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(ALERTS))));
    }

    @Test
    void everyFreshVisitHasItsOwnIdsNumberAndTimes() {
        start(true, "");
        pass(37);
        List<byte[]> packets = published();
        assertThat(packets).hasSize(2 * ALERTS);
        Set<Long> ids = new HashSet<>();
        for (byte[] packet : packets) {
            GenericRecord alert = DECODER.decode(packet);
            long id = (long) alert.get("diaSourceId");
            ids.add(id);
            assertThat(source(alert).get("diaSourceId")).isEqualTo(id);
            assertThat(VisitNumber.ofAlert(id).orElseThrow().number())
                    .isEqualTo(source(alert).get("visit"));
            assertThat(id >>> 19 & 255).isEqualTo((int) source(alert).get("detector"));
        }
        assertThat(ids).hasSize(2 * ALERTS);
        GenericRecord first = DECODER.decode(packets.get(0));
        double processed = (double) source(first).get("timeProcessedMjdTai");
        assertThat(processed).isCloseTo(NOW_MJD_TAI, offset(1e-8));
        assertThat(lines())
                .containsExactly(
                        new VisitBegun(VisitNumber.of(2026112700001L).orElseThrow(), NOW, ALERTS, true),
                        new VisitBegun(
                                VisitNumber.of(2026112700002L).orElseThrow(),
                                lines().get(1).at(),
                                ALERTS,
                                true));
    }

    @Test
    void timesKeepTheirDistancesAndHistoriesStayInThePast() {
        start(true, "");
        Double days = null;
        for (int i = 0; i < ALERTS; i++) {
            GenericRecord before = DECODER.decode(originals.get(i).packet());
            GenericRecord after = DECODER.decode(published().get(i));
            double moved = (double) source(after).get("midpointMjdTai")
                    - (double) source(before).get("midpointMjdTai");
            days = days == null ? moved : days;
            assertThat(moved).isCloseTo(days, offset(1e-8));
            assertThat(after.get("prvDiaSources")).isEqualTo(before.get("prvDiaSources"));
            assertThat(after.get("cutoutScience")).isEqualTo(before.get("cutoutScience"));
        }
    }

    @Test
    void aRestartContinuesWithTheNextVisit() {
        start(true, "");
        replayer.stop();
        start(true, "");
        Set<Long> ids = new HashSet<>();
        published().forEach(packet -> ids.add(id(packet)));

        assertThat(ids).hasSize(2 * ALERTS);
        assertThat(lines()).extracting(line -> line.visit().sequence()).containsExactly(1, 2);
    }

    @Test
    void aStopIsWrittenDownAndTheNextVisitFollowsTheLast() {
        start(true, "");
        replayer.stop();
        staged.stop();
        assertThat(lines()).last().isEqualTo(new Stopped(lines().get(0).visit(), NOW));
        start(true, "");
        assertThat(lines()).last().isInstanceOf(VisitBegun.class);
        assertThat(lines()).extracting(line -> line.visit().sequence()).containsExactly(1, 1, 2);
    }

    @Test
    void aVisitThatIsPausedBeforeItsStartIsWrittenDownAsDropped() {
        start(true, "");
        pass(36.5);
        assertThat(lines()).as("lines: the next visit is read ahead").hasSize(2);
        replayer.pause();
        assertThat(lines()).last().isEqualTo(new Dropped(lines().get(1).visit(), NOW));
        replayer.resume();
        pass(38);
        assertThat(published()).hasSize(2 * ALERTS);
        assertThat(lines()).extracting(line -> line.visit().sequence()).containsExactly(1, 2, 2, 3);
    }

    @Test
    void aVisitThatFailsIsWrittenDownAsDropped() {
        String document = registry.remove(SCHEMA_ID);
        start(true, "");
        assertThat(lines()).hasSize(2).last().isInstanceOf(Dropped.class);
        registry.put(SCHEMA_ID, document);
        pass(37);
        assertThat(lines()).extracting(line -> line.visit().sequence()).containsExactly(1, 1, 2);
    }

    @Test
    void aLaterNightInTheJournalIsContinued() {
        VisitNumber later = VisitNumber.of(2026112932767L).orElseThrow();
        kafka.put(JOURNAL, null, new VisitBegun(later, NOW, 1, true).toBytes(), Headers.NONE);
        start(true, "");

        assertThat(lines().get(1).visit().number()).isEqualTo(2026113000001L);
    }

    @Test
    void aTopicThatIsNotAJournalEndsTheVisit() {
        kafka.put(JOURNAL, null, new byte[] {1}, Headers.NONE);
        start(true, "");

        assertThat(published()).isEmpty();
        assertThat(count("alertstream.replayer.visits.incomplete")).isEqualTo(1);
    }

    @Test
    void anUnknownSchemaEndsTheVisitAndTheNextIsTried() {
        String document = registry.remove(SCHEMA_ID);
        start(true, "");
        assertThat(published()).isEmpty();
        registry.put(SCHEMA_ID, document);
        pass(37);

        assertThat(published()).hasSize(ALERTS);
    }

    @Test
    void aLineIsDurableBeforeItsFaultIsPublished() {
        start(false, "faults: {empty: {rate: 1}}");
        assertThat(published()).hasSize(ALERTS);
        journalProducer.hold();
        pass(37);
        pass(3);
        assertThat(published()).hasSize(ALERTS);
        journalProducer.acknowledge();
        assertThat(faults()).hasSize(2 * ALERTS);
        assertThat(published()).hasSize(2 * ALERTS);
    }

    @Test
    void verbatimVisitsWithoutFaultsAreUnchanged() {
        start(false, "faults: {empty: {rate: 0}}");

        assertThat(published())
                .usingRecursiveComparison()
                .isEqualTo(originals.stream().map(Alert::packet).toList());
    }

    @Test
    void aDuplicateHasTheSameBytes() {
        start(true, "faults: {duplicate: {rate: 1}}");
        assertThat(published()).hasSize(2 * ALERTS);
        for (int i = 0; i < 2 * ALERTS; i += 2) {
            assertThat(published().get(i)).isEqualTo(published().get(i + 1));
        }
        assertThat(faults()).hasSize(ALERTS).allMatch(fault -> fault.kind() == FaultKind.DUPLICATE);
        assertThat(faults().get(0).alertId()).hasValue(id(published().get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"duplicate", "altered"})
    void aRepetitionWithADelayDoesNotHoldUpItsVisit(String kind) {
        start(true, "faults: {%s: {rate: 1, delay: 60s}}".formatted(kind));
        assertThat(published()).hasSize(ALERTS);
        assertThat(visits).as("visits that have ended").hasSize(1);
        pass(37);
        assertThat(visits).hasSize(2);
        assertThat(count("alertstream.replayer.overruns")).isZero();
        replayer.pause();
        assertThat(published()).hasSize(2 * ALERTS);
        pass(23);
        assertThat(published()).as("with the first visit's repetitions").hasSize(3 * ALERTS);
        assertThat(id(published().get(2 * ALERTS))).isEqualTo(id(published().get(0)));
    }

    @Test
    void anAlteredAlertHasTheSameIdAndOtherBytes() {
        for (boolean fresh : new boolean[] {true, false}) {
            int before = published().size();
            start(fresh, "faults: {altered: {rate: 1}}");
            replayer.stop();
            List<byte[]> packets = published().subList(before, published().size());
            assertThat(packets).hasSize(2 * ALERTS);
            for (int i = 0; i < 2 * ALERTS; i += 2) {
                assertThat(id(packets.get(i + 1))).isEqualTo(id(packets.get(i)));
                assertThat(packets.get(i + 1)).isNotEqualTo(packets.get(i));
            }
        }
    }

    @Test
    void aReorderedAlertComesAfterLaterOnes() {
        start(false, "{seed: 3, faults: {reordered: {rate: 0.3, delay: 2s}}}");
        int late = faults().size();
        assertThat(late).isBetween(1, ALERTS - 1);
        assertThat(published()).hasSize(ALERTS - late);
        pass(2);

        assertThat(published()).hasSize(ALERTS);
        assertThat(visits).hasSize(1);
    }

    @Test
    void aLateAlertComesMinutesAfterItsVisit() {
        start(true, "{seed: 3, faults: {late: {rate: 0.3, delay: 3m}}}");
        int late = faults().size();
        assertThat(late).isBetween(1, ALERTS - 1);
        assertThat(visits).as("visits, which don't wait for late alerts").hasSize(1);
        replayer.pause();
        pass(179);
        assertThat(published()).hasSize(ALERTS - late);
        pass(1);
        assertThat(published()).hasSize(ALERTS);
        assertThat(id(published().get(ALERTS - 1)))
                .isEqualTo(faults().get(late - 1).alertId().getAsLong());
    }

    @Test
    void anOversizeAlertIsAnAlert() {
        start(true, "faults: {oversize: {rate: 1, size: 1MiB}}");
        assertThat(published()).allMatch(packet -> packet.length >= 1 << 20);
        published().forEach(DECODER::check);
        assertThat(faults()).hasSize(ALERTS);
    }

    @Test
    void brokenAlertsReplaceIntactOnes() {
        for (FaultKind kind : List.of(FaultKind.BIT_FLIPPED, FaultKind.CUT_SHORT)) {
            int before = published().size();
            start(true, "faults: {" + kind.text() + ": {rate: 1}}");
            replayer.stop();
            List<byte[]> packets = published().subList(before, published().size());
            assertThat(packets).hasSize(ALERTS).allSatisfy(packet -> assertThat(isAlert(packet))
                    .isFalse());
        }
        assertThat(faults()).extracting(Fault::digest).doesNotHaveDuplicates().doesNotContain(Optional.empty());
    }

    private static boolean isAlert(byte[] packet) {
        try {
            DECODER.check(packet);
            return packet[0] == 0;
        } catch (NotAnAlertException e) {
            return false;
        }
    }

    @Test
    void emptyMessagesAndUnknownSchemasReplaceAlerts() {
        start(true, "faults: {empty: {rate: 1}}");
        replayer.stop();
        assertThat(published()).hasSize(ALERTS).allMatch(packet -> packet.length == 0);
        start(true, "faults: {unknown-schema: {rate: 1}}");
        assertThat(published().subList(ALERTS, 2 * ALERTS))
                .allMatch(packet -> WireFormat.schemaId(packet) >= 2_000_000_000);
    }

    @Test
    void aMissingVisitIsRecordedAndNotPublished() {
        start(true, "faults: {visit-missing: {rate: 1}}");
        pass(36.5);
        assertThat(lines()).as("lines: the next visit is read ahead").hasSize(4);
        assertThat(visits).as("visits: none is over before its start").hasSize(1);
        assertThat(published()).isEmpty();
        assertThat(faults()).extracting(Fault::kind).containsOnly(FaultKind.VISIT_MISSING);
    }

    @Test
    void aCutVisitEndsBeforeItsLastAlerts() {
        start(true, "faults: {visit-cut: {rate: 1}}");
        assertThat(published()).hasSizeBetween(ALERTS / 10, ALERTS * 9 / 10);
        assertThat(faults().get(0).after()).hasValue(published().size());
    }

    @Test
    void aStoppedProducerContinuesAfterAWhile() {
        start(true, "faults: {stopped: {rate: 1, delay: 10s}}");
        int before = published().size();
        assertThat(before).isBetween(ALERTS / 10, ALERTS * 9 / 10);
        pass(9.9);
        assertThat(published()).hasSize(before);
        pass(0.1);
        assertThat(published()).hasSize(ALERTS);
        assertThat(visits.get(0).took()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void nothingIsPublishedDuringAStop() {
        start(true, "{seed: 3, faults: {late: {rate: 0.4, delay: 5s}, stopped: {rate: 1, delay: 30s}}}");
        int before = published().size();
        long late = faults().stream()
                .filter(fault -> fault.kind() == FaultKind.LATE && fault.at().equals(NOW))
                .count();
        assertThat(late).as("alerts due during the stop").isPositive();
        pass(29.9);
        assertThat(published()).hasSize(before);
        pass(0.1);
        assertThat(published()).hasSizeGreaterThanOrEqualTo(before + (int) late);
        pass(5);
        assertThat(published()).hasSize(ALERTS);
    }

    @Test
    void aLineSaysWhenItsAlertIsDueAndHowMuchLaterItComes() {
        start(true, "{seed: 3, faults: {stopped: {rate: 1, delay: 10s}, reordered: {rate: 0.4, delay: 2s}}}");
        Fault stop = faults().get(0);
        assertThat(stop.delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(stop.after().getAsLong()).isBetween(1L, ALERTS - 1L);
        List<Fault> reordered = faults().subList(1, faults().size());
        assertThat(reordered).extracting(Fault::delay).containsOnly(Duration.ofSeconds(2));
        assertThat(reordered).extracting(Fault::at).containsOnly(NOW, NOW.plusSeconds(10));
        pass(11.9);
        Set<Long> published = new HashSet<>();
        published().forEach(packet -> published.add(id(packet)));
        reordered.stream().filter(fault -> fault.at().isAfter(NOW)).forEach(fault -> assertThat(published)
                .doesNotContain(fault.alertId().getAsLong()));
    }

    @Test
    void anInjectedStopIsNoOverrun() {
        start(true, "faults: {stopped: {rate: 1, delay: 60s}}");
        pass(60);
        assertThat(visits).hasSize(1);
        assertThat(count("alertstream.replayer.overruns")).isZero();
        pass(59.9);
        assertThat(visits).as("the next visit starts at once").hasSize(1);
        pass(0.1);
        assertThat(visits).hasSize(2);
    }

    /** As on a busy machine, where a visit's first alerts are read after its last ones are due. */
    @Test
    void aStopAndADelayAreSeenAlsoInAVisitThatIsReadLate() {
        journalProducer.hold();
        start(true, "{seed: 3, faults: {stopped: {rate: 1, delay: 10s}, reordered: {rate: 0.4, delay: 2s}}}");
        pass(15);
        assertThat(published()).isEmpty();
        journalProducer.acknowledge();
        int before = (int) faults().get(0).after().orElseThrow();
        long delayed = faults().stream()
                .filter(fault ->
                        fault.kind() == FaultKind.REORDERED && !fault.at().isAfter(NOW.plusSeconds(15)))
                .count();
        assertThat(delayed).isPositive();
        assertThat(published()).hasSize(before - (int) delayed);
        pass(1.9);
        assertThat(published()).hasSize(before - (int) delayed);
        pass(0.1);
        assertThat(published()).hasSize(before);
        pass(7.9);
        assertThat(published()).hasSize(before);
        pass(2.1);
        assertThat(published()).hasSize(ALERTS);
    }

    @Test
    void aNewMinorVersionAppearsDuringANight() {
        start(true, "faults: {new-minor: {from: 2}}");
        pass(37);
        pass(37);
        assertThat(published()).hasSize(3 * ALERTS);
        assertThat(WireFormat.schemaId(published().get(0))).isEqualTo(SCHEMA_ID);
        byte[] next = published().get(2 * ALERTS);
        int id = WireFormat.schemaId(next);
        assertThat(SchemaParser.STRICT.parse(registry.get(id)).getNamespace()).isEqualTo("lsst.v11_2");
        AlertDecoder.of(SchemaParser.STRICT.parse(registry.get(id))).check(next);
        assertThat(registry).as("registered once").hasSize(2);
        assertThat(faults()).hasSize(1);
        assertThat(faults().get(0).visit().sequence()).isEqualTo(2);
        assertThat(faults().get(0).schemaId()).hasValue(id);
    }

    /** Visits are counted from 1 again, so the first after a restart may have it, as the last before did. */
    @Test
    void aNewVersionIsAnnouncedAgainAfterARestartWithTheSameSchema() {
        start(true, "faults: {new-minor: {from: 1}}");
        replayer.stop();
        start(true, "faults: {new-minor: {from: 1}}");
        assertThat(faults()).extracting(Fault::kind).containsExactly(FaultKind.NEW_MINOR, FaultKind.NEW_MINOR);
        assertThat(faults().get(1).schemaId())
                .hasValue(WireFormat.schemaId(published().get(ALERTS)))
                .isEqualTo(faults().get(0).schemaId());
    }

    @Test
    void aNewMajorVersionGoesIntoItsOwnTopic() {
        start(true, "faults: {new-major: {from: 2, topic: alerts-v12}, bit-flipped: {rate: 0.5}}");
        pass(37);
        assertThat(published()).hasSize(ALERTS);
        List<Message> moved = kafka.messages(NEW_TOPIC);
        assertThat(moved).hasSize(ALERTS);
        assertThat(SchemaParser.STRICT
                        .parse(registry.get(WireFormat.schemaId(moved.get(0).value())))
                        .getNamespace())
                .isEqualTo("lsst.v12_0");
        assertThat(faults().stream().filter(fault -> fault.kind() == FaultKind.NEW_MAJOR))
                .extracting(Fault::topic)
                .containsExactly(Optional.of(NEW_TOPIC));
        assertThat(lines().stream().filter(VisitBegun.class::isInstance).map(line -> ((VisitBegun) line).topic()))
                .as("where each visit goes")
                .containsExactly(Optional.empty(), Optional.of(NEW_TOPIC));
    }

    /** Loads a night: this many visits, every second slot, of this many alerts each. */
    private void loadNight(int visits, int alerts) {
        kafka.create(STATIC, 1);
        for (int visit = 0; visit < visits; visit++) {
            NightMark mark = new NightMark(visit + 1, 2 * visit, alerts, (long) visits * alerts);
            for (int i = 0; i < alerts; i++) {
                kafka.put(
                        STATIC,
                        null,
                        originals.get(visit * alerts + i).packet(),
                        mark.addTo(Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(0))));
            }
        }
    }

    @Test
    void theVisitsOfANightAreFreshAndHaveFaultsOfTheirOwn() {
        loadNight(4, 10);
        start(
                true,
                "{seed: 4, faults: {visit-cut: {rate: 0.5}, stopped: {rate: 0.4, delay: 100s}, empty: {rate: 0.1}}}");
        pass(1000);

        List<VisitBegun> begun = lines().stream()
                .filter(VisitBegun.class::isInstance)
                .map(VisitBegun.class::cast)
                .toList();
        assertThat(begun).hasSizeGreaterThan(8).allMatch(visit -> visit.alerts() == 10);
        assertThat(begun).extracting(visit -> visit.visit().sequence()).startsWith(1, 2, 3, 4, 5);
        assertThat(faults()).extracting(Fault::kind).contains(FaultKind.VISIT_CUT, FaultKind.STOPPED, FaultKind.EMPTY);
        assertThat(faults().stream().filter(fault -> fault.kind() == FaultKind.VISIT_CUT))
                .allMatch(
                        fault -> fault.after().getAsLong() >= 1 && fault.after().getAsLong() <= 9);
        Map<Long, Long> whole = published().stream()
                .filter(packet -> packet.length > 0)
                .collect(Collectors.groupingBy(
                        packet -> VisitNumber.ofAlert(id(packet)).orElseThrow().number(), Collectors.counting()));
        for (VisitBegun visit : begun.subList(0, 8)) {
            long broken = faults().stream()
                    .filter(fault -> fault.visit().equals(visit.visit()) && fault.kind() == FaultKind.EMPTY)
                    .count();
            long expected = faults().stream()
                    .filter(fault -> fault.visit().equals(visit.visit()) && fault.kind() == FaultKind.VISIT_CUT)
                    .map(fault -> fault.after().getAsLong())
                    .findFirst()
                    .orElse(10L);
            assertThat(whole.getOrDefault(visit.visit().number(), 0L)).isEqualTo(expected - broken);
        }
    }

    @Test
    void theSameSeedGivesTheSameFaults() {
        String recipes = "{seed: 9, faults:"
                + " {bit-flipped: {rate: 0.2}, empty: {rate: 0.2}, duplicate: {rate: 0.2}, late: {rate: 0.1}}}";
        start(true, recipes);
        replayer.stop();
        List<FaultKind> first = faults().stream().map(Fault::kind).toList();
        start(true, recipes);

        assertThat(faults()).hasSize(2 * first.size());
        assertThat(faults().subList(first.size(), 2 * first.size()))
                .extracting(Fault::kind)
                .isEqualTo(first);
    }
}
