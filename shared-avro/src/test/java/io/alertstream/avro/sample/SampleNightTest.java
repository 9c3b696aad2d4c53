package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertSource.Contents;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.sample.SampleNight.NightVisit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Is a night what a survey would observe, and are its alerts those of its visits? */
class SampleNightTest {

    private static final double SLOT_DAYS = 37 / 86_400.0;
    private static final SampleNight WHOLE = SampleNight.of(SampleNight.MAX_VISITS, SampleVisit.of(10_000));

    private static SampleNight night(int visits, int alerts) {
        return SampleNight.of(visits, SampleVisit.of(alerts));
    }

    private static List<Alert> alerts(SampleNight night) {
        List<Alert> alerts = new ArrayList<>();
        try (AlertStream stream = night.open(DecodedSamples.SCHEMA, DecodedSamples.SCHEMA_ID)) {
            stream.forEachRemaining(alerts::add);
        }
        return alerts;
    }

    private static int pause(int visit) {
        return WHOLE.visits().get(visit).slot() - WHOLE.visits().get(visit - 1).slot() - 1;
    }

    @Test
    void aNightHasPausesForSlewsFiltersAndClouds() {
        assertThat(WHOLE.visits()).hasSize(800).extracting(NightVisit::number).isSorted();
        assertThat(pause(9)).isZero();
        assertThat(pause(10)).as("slew").isEqualTo(1);
        assertThat(pause(50)).as("slew and filter change").isEqualTo(3);
        assertThat(pause(70)).as("slew and closed dome").isEqualTo(16);
        int last = WHOLE.visits().get(799).slot();
        assertThat(last * 37 / 3600.0).as("hours").isBetween(9.0, 10.0);
    }

    @Test
    void oneVisitInTwentyHasFourTimesTheAlerts() {
        assertThat(WHOLE.visits()).extracting(NightVisit::alerts).containsOnly(10_000, 40_000);
        long crowded = WHOLE.visits().stream()
                .filter(visit -> visit.alerts() == 40_000)
                .count();
        assertThat(crowded).isEqualTo(40);
        assertThat(night(8, 5).visits()).extracting(NightVisit::alerts).containsExactly(5, 5, 5, 5, 5, 5, 5, 20);
    }

    @Test
    void aFilterChangesWhereTheNightPausesForIt() {
        for (int visit = 1; visit < 800; visit++) {
            if (Cadence.band(visit) != Cadence.band(visit - 1)) {
                assertThat(pause(visit)).as("pause before visit %d", visit).isEqualTo(3);
            }
        }
    }

    @Test
    void recordsAgreeWithThePlanAndTheirCutouts() {
        SampleNight night = night(52, 3);
        Iterator<Alert> alerts = alerts(night).iterator();
        double start = Double.NaN;
        for (NightVisit visit : night.visits()) {
            for (int i = 0; i < visit.alerts(); i++) {
                Alert alert = alerts.next();
                GenericRecord source = DecodedSamples.record(DecodedSamples.decode(alert), "diaSource");
                long number = DecodedSamples.id(source, "visit");
                assertThat(number).isEqualTo(2026_03_22_00_100L + visit.number());
                assertThat(alert.id() >> 27 & 0x7fff).isEqualTo(100 + visit.number());
                assertThat(alert.id() >> 19 & 0xff).isEqualTo(((Number) source.get("detector")).longValue());
                assertThat(source.get("band"))
                        .hasToString(Cadence.band(visit.number()).letter());
                start = Double.isNaN(start) ? alert.mjdTai() : start;
                assertThat(alert.mjdTai()).isCloseTo(start + visit.slot() * SLOT_DAYS, offset(3.1 / 86_400));
                int field = Cadence.field(visit.number());
                assertThat(DecodedSamples.number(source, "dec")).isCloseTo(Cadence.dec(field), offset(2.5));
            }
        }
        assertThat(alerts.hasNext()).isFalse();
    }

    @Test
    void aFieldThatIsVisitedAgainHasTheSameObjectsAndRemembersItsEarlierAlerts() {
        SampleNight night = night(51, 40);
        Map<Long, GenericRecord> first = new HashMap<>();
        Set<Long> remembered = new HashSet<>();
        for (Alert alert : DecodedSamples.of(night.sample(night.visits().get(0)))) {
            first.put(alert.id(), DecodedSamples.record(DecodedSamples.decode(alert), "diaSource"));
        }
        for (Alert alert : DecodedSamples.of(night.sample(night.visits().get(50)))) {
            Object past = DecodedSamples.decode(alert).get("prvDiaSources");
            for (Object source : past == null ? List.of() : (List<?>) past) {
                long id = DecodedSamples.id((GenericRecord) source, "diaSourceId");
                if (first.containsKey(id)) {
                    assertThat(source).isEqualTo(first.get(id));
                    remembered.add(id);
                }
            }
        }
        assertThat(remembered).isNotEmpty();
    }

    @Test
    void threeNightsLaterTheSameObjectsComeBackWithALongerHistory() {
        SampleNight before = night(8, 40);
        SampleNight after = SampleNight.of(8, SampleVisit.of(40).firstOfNight(4));
        assertThat(after.visits()).isEqualTo(before.visits());

        Map<Long, GenericRecord> published = new HashMap<>();
        Map<Object, Integer> sources = new HashMap<>();
        for (Alert alert : alerts(before)) {
            GenericRecord decoded = DecodedSamples.decode(alert);
            published.put(alert.id(), DecodedSamples.record(decoded, "diaSource"));
            object(decoded).ifPresent(object -> sources.put(object.get("diaObjectId"), sources(object)));
        }
        int longer = 0;
        int remembered = 0;
        for (Alert alert : alerts(after)) {
            GenericRecord decoded = DecodedSamples.decode(alert);
            assertThat(DecodedSamples.id(DecodedSamples.record(decoded, "diaSource"), "visit") / 100_000)
                    .isEqualTo(2026_03_25);
            for (GenericRecord past : DecodedSamples.records(decoded, "prvDiaSources")) {
                long id = DecodedSamples.id(past, "diaSourceId");
                if (published.containsKey(id)) {
                    assertThat(past).isEqualTo(published.get(id));
                    remembered++;
                }
            }
            Optional<GenericRecord> object =
                    object(decoded).filter(known -> sources.containsKey(known.get("diaObjectId")));
            if (object.isPresent()) {
                assertThat(sources(object.get()))
                        .isGreaterThan(sources.get(object.get().get("diaObjectId")));
                longer++;
            }
        }
        assertThat(longer).isGreaterThan(20);
        assertThat(remembered).isGreaterThanOrEqualTo(longer);
    }

    private static Optional<GenericRecord> object(GenericRecord alert) {
        return Optional.ofNullable((GenericRecord) alert.get("diaObject"));
    }

    private static int sources(GenericRecord object) {
        return (int) object.get("nDiaSources");
    }

    @Test
    void theSameNumbersGiveTheSameBytes() {
        List<Alert> once = alerts(night(12, 2));
        List<Alert> again = alerts(night(12, 2));

        assertThat(again)
                .extracting(Alert::packet)
                .containsExactlyElementsOf(once.stream().map(Alert::packet).toList());
        assertThat(once).extracting(Alert::id).doesNotHaveDuplicates().hasSize(11 * 2 + 8);
        assertThat(once.subList(0, 2))
                .as("the first visit")
                .extracting(Alert::packet)
                .containsExactlyElementsOf(DecodedSamples.of(SampleVisit.of(2)).stream()
                        .map(Alert::packet)
                        .toList());
    }

    @Test
    void contentsAreKnownBeforehand() {
        SampleNight night = night(12, 20);
        List<Alert> alerts = alerts(night);
        Contents contents = night.check();

        assertThat(contents.alerts()).isEqualTo(alerts.size());
        assertThat(contents.firstMjdTai()).isEqualTo(alerts.get(0).mjdTai());
        assertThat(contents.lastMjdTai())
                .isEqualTo(alerts.get(alerts.size() - 1).mjdTai());
        assertThat(contents.bytes()).isEqualTo(night.bytes());
        assertThat(contents.bytes())
                .isCloseTo(
                        alerts.stream()
                                .mapToLong(alert -> alert.packet().length)
                                .sum(),
                        withinPercentage(5));
        assertThat(night.largestVisitBytes()).isEqualTo(80 * 109_500);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> night(0, 1)).hasMessageContaining("1 to 800 visits, not 0");
        assertThatThrownBy(() -> night(801, 1)).hasMessageContaining("1 to 800 visits, not 801");
        assertThatThrownBy(() -> night(1, 0)).hasMessageContaining("alerts");
    }

    @Test
    void aCrowdedFieldHasNoMoreThanAnyVisitMay() {
        assertThat(night(8, SampleVisit.MAX_ALERTS).visits().get(7).alerts()).isEqualTo(SampleVisit.MAX_ALERTS);
    }
}
