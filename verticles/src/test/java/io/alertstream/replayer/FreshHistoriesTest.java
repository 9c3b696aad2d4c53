package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.VisitNumber;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.NightMark;
import io.alertstream.kafka.VisitHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Do the histories of a fresh visit's alerts name earlier alerts as those were published? */
class FreshHistoriesTest extends StagedFixture {

    /** Visits of the sample's first night, half an hour apart, that look at the same field. */
    private static final int FIRST_LOOK = 7;

    private static final int SECOND_LOOK = 57;
    private static final int ALERTS = 100;
    private static final double DAYS_A_YEAR = 365.25;

    /** The static topic's alerts, by what a replay doesn't change. */
    private final Map<Object, GenericRecord> originals = new HashMap<>();

    private final List<Long> staticVisits = new ArrayList<>();

    /** Visits have the times of the moments at which they are published. */
    private void moving(Instant from) {
        clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return from.plusNanos(timers.nanos());
            }
        };
    }

    private static List<Alert> sample(int number, int alerts) {
        List<Alert> all = new ArrayList<>();
        try (AlertStream stream = SampleVisit.of(alerts).numbered(number).open(SCHEMA, SCHEMA_ID)) {
            stream.forEachRemaining(all::add);
        }
        return all;
    }

    private void loadNight() {
        NightMark mark = new NightMark(1, 0, ALERTS, 2 * ALERTS);
        sample(FIRST_LOOK, ALERTS).forEach(alert -> load(alert, mark));
        NightMark second = new NightMark(2, 1, ALERTS, 2 * ALERTS);
        sample(SECOND_LOOK, ALERTS).forEach(alert -> load(alert, second));
        assertThat(staticVisits).hasSize(2);
    }

    private void load(Alert alert, NightMark mark) {
        put(alert.packet(), mark.addTo(Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(0))));
    }

    private void loadSingle(int number) {
        for (Alert alert : sample(number, ALERTS)) {
            put(
                    alert.packet(),
                    Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(0))
                            .and(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(ALERTS)));
        }
    }

    private void put(byte[] packet, Headers headers) {
        GenericRecord alert = DECODER.decode(packet);
        originals.put(key(alert), alert);
        if (!staticVisits.contains(visit(source(alert)))) {
            staticVisits.add(visit(source(alert)));
        }
        kafka.put(STATIC, null, packet, headers);
    }

    private static Object key(GenericRecord alert) {
        GenericRecord source = source(alert);
        return List.of(source.get("ra"), source.get("dec"), source.get("band").toString());
    }

    private static long visit(GenericRecord record) {
        return (long) record.get("visit");
    }

    private static double midpoint(GenericRecord record) {
        return (double) record.get("midpointMjdTai");
    }

    private static List<GenericRecord> entries(GenericRecord alert, String history) {
        List<GenericRecord> entries = new ArrayList<>();
        if (alert.get(history) instanceof Collection<?> list) {
            list.forEach(entry -> entries.add((GenericRecord) entry));
        }
        return entries;
    }

    private static GenericRecord[] bothHistories(GenericRecord alert) {
        List<GenericRecord> all = new ArrayList<>(entries(alert, "prvDiaSources"));
        all.addAll(entries(alert, "prvDiaForcedSources"));
        return all.toArray(GenericRecord[]::new);
    }

    private List<Long> begun() {
        return lines().stream()
                .filter(VisitBegun.class::isInstance)
                .map(line -> line.visit().number())
                .toList();
    }

    private boolean isOfStaticNight(Object id) {
        return id instanceof Long number
                && VisitNumber.ofAlert(number)
                        .filter(visit -> staticVisits.contains(visit.number()))
                        .isPresent();
    }

    /**
     * Compares each published alert with the static topic's.
     *
     * @param firstLooks the number under which the first look was published last, by that of the second
     * @return how many entries name an alert of the first look
     */
    private int checkPublished(Map<Long, Long> firstLooks) {
        Map<Object, GenericRecord> sources = new HashMap<>();
        int named = 0;
        for (byte[] packet : published()) {
            GenericRecord alert = DECODER.decode(packet);
            GenericRecord original = originals.get(key(alert));
            GenericRecord source = source(alert);
            sources.put(source.get("diaSourceId"), source);
            assertThat(isOfStaticNight(source.get("diaObjectId"))).isFalse();
            GenericRecord[] before = bothHistories(original);
            GenericRecord[] after = bothHistories(alert);
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < after.length; i++) {
                GenericRecord entry = after[i];
                boolean isSource = entry.hasField("diaSourceId");
                assertThat(midpoint(entry)).isLessThan(midpoint(source));
                assertThat(entry.get("diaObjectId")).isEqualTo(source.get("diaObjectId"));
                if (visit(before[i]) == staticVisits.get(0)) {
                    assertThat(visit(entry)).isEqualTo(firstLooks.get(visit(source)));
                    Object id = entry.get(isSource ? "diaSourceId" : "diaForcedSourceId");
                    assertThat(VisitNumber.ofAlert((long) id).map(VisitNumber::number))
                            .hasValue(visit(entry));
                    if (isSource && (sources.containsKey(id) || faults().isEmpty())) {
                        assertThat(entry).isEqualTo(sources.get(id));
                        named++;
                    }
                } else {
                    assertThat(visit(entry)).isEqualTo(visit(before[i]));
                    assertThat(midpoint(entry)).isEqualTo(midpoint(before[i]));
                }
            }
            checkObject(original, alert);
        }
        return named;
    }

    private static void checkObject(GenericRecord original, GenericRecord alert) {
        if (alert.get("diaObject") instanceof GenericRecord object) {
            GenericRecord source = source(alert);
            assertThat(object.get("diaObjectId")).isEqualTo(source.get("diaObjectId"));
            List<GenericRecord> history = entries(alert, "prvDiaSources");
            GenericRecord first = history.isEmpty() ? source : history.get(0);
            if (((GenericRecord) original.get("diaObject")).get("firstDiaSourceMjdTai") != null) {
                assertThat(object.get("firstDiaSourceMjdTai")).isEqualTo(midpoint(first));
            }
        }
    }

    @Test
    void anEntryOfTheSameNightIsWhatItsVisitPublishedInEachRound() {
        moving(NOW);
        loadNight();
        start(true, "");
        pass(3 * 37);

        assertThat(published()).hasSize(4 * ALERTS);
        List<Long> begun = begun();
        assertThat(begun).hasSizeGreaterThanOrEqualTo(4);
        assertThat(checkPublished(Map.of(begun.get(1), begun.get(0), begun.get(3), begun.get(2))))
                .as("entries that name an alert of the first look")
                .isGreaterThan(2 * 5);
    }

    @Test
    void afterARestartTheNightNamesWhatItPublishesFromThenOn() {
        moving(NOW);
        loadNight();
        start(true, "");
        replayer.stop();
        start(true, "");
        pass(37);

        List<Long> begun = begun();
        assertThat(begun).hasSize(3);
        assertThat(checkPublished(Map.of(begun.get(2), begun.get(1)))).isGreaterThan(5);
    }

    @Test
    void aVisitThatIsTriedAgainIsNamedAsItWasPublishedThen() {
        moving(NOW);
        loadNight();
        producer.refuse(new IllegalStateException("no answer from the brokers"));
        start(true, "");
        producer.refuse(null);
        pass(2 * 37);

        List<Long> begun = begun();
        assertThat(begun).hasSize(3);
        assertThat(checkPublished(Map.of(begun.get(2), begun.get(1)))).isGreaterThan(5);
    }

    /** A broker can't find that alert, but it can find out why. */
    @Test
    void aVisitThatIsMissingIsNamedAsTheJournalDoes() {
        moving(NOW);
        loadNight();
        start(true, "{seed: 2, faults: {visit-missing: {rate: 0.5}}}");
        pass(9 * 37);

        List<Long> begun = begun().subList(0, 10);
        Map<Long, Long> firstLooks = new HashMap<>();
        for (int i = 0; i < 10; i += 2) {
            firstLooks.put(begun.get(i + 1), begun.get(i));
        }
        checkPublished(firstLooks);
        Set<Long> missing = new HashSet<>();
        for (Fault fault : faults()) {
            assertThat(fault.kind()).isEqualTo(FaultKind.VISIT_MISSING);
            missing.add(fault.visit().number());
        }
        assertThat(firstLooks.entrySet())
                .as("a second look without its first, with this seed")
                .anyMatch(look -> missing.contains(look.getValue()) && !missing.contains(look.getKey()));
    }

    @Test
    void theHistoriesOfAVisitThatIsReplayedAloneStay() {
        moving(NOW);
        loadSingle(SECOND_LOOK);
        start(true, "");
        pass(37);

        assertThat(published()).hasSize(2 * ALERTS);
        for (byte[] packet : published()) {
            GenericRecord alert = DECODER.decode(packet);
            GenericRecord original = originals.get(key(alert));
            for (String history : List.of("prvDiaSources", "prvDiaForcedSources")) {
                assertThat(alert.get(history)).isEqualTo(original.get(history));
                entries(alert, history)
                        .forEach(entry -> assertThat(midpoint(entry)).isLessThan(midpoint(source(alert))));
            }
        }
    }

    /** Such as a simulated survey's. */
    @Test
    void historiesOfAVisitThatIsYetToComeMoveBackByWholeYearsTheSameInEachVisit() {
        moving(Instant.parse("2019-06-01T04:00:00Z"));
        loadSingle(SECOND_LOOK);
        start(true, "");
        pass(37);

        assertThat(published()).hasSize(2 * ALERTS);
        int entries = 0;
        for (byte[] packet : published()) {
            GenericRecord alert = DECODER.decode(packet);
            GenericRecord original = originals.get(key(alert));
            GenericRecord[] before = bothHistories(original);
            GenericRecord[] after = bothHistories(alert);
            for (int i = 0; i < after.length; i++, entries++) {
                assertThat(midpoint(after[i]))
                        .isEqualTo(midpoint(before[i]) - 7 * DAYS_A_YEAR)
                        .isLessThan(midpoint(source(alert)));
                assertThat(after[i].get("timeProcessedMjdTai"))
                        .isEqualTo((double) before[i].get("timeProcessedMjdTai") - 7 * DAYS_A_YEAR);
                assertThat(visit(after[i])).isEqualTo(visit(before[i]));
            }
            checkObject(original, alert);
        }
        assertThat(entries).isPositive();
    }

    /** As in a file that was put together by hand. */
    @Test
    void alertsThatShareAnIdOrAVisitHaveIdsOfTheirOwn() {
        List<Alert> first = sample(FIRST_LOOK, 30);
        List<Alert> all = new ArrayList<>(first);
        all.addAll(first.subList(0, 5));
        all.addAll(sample(SECOND_LOOK, 30));
        all.addAll(first.subList(0, 5));
        all.forEach(alert -> put(
                alert.packet(),
                Headers.of(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(all.size()))
                        .and(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(0))));
        start(true, "");

        Set<Long> ids = new HashSet<>();
        for (byte[] packet : published()) {
            GenericRecord source = source(DECODER.decode(packet));
            long id = id(packet);
            ids.add(id);
            assertThat(VisitNumber.ofAlert(id).map(VisitNumber::number)).hasValue(begun().get(0));
            assertThat((id >>> 19) & 255).isEqualTo((int) source.get("detector"));
        }
        assertThat(ids).hasSize(70);
    }
}
