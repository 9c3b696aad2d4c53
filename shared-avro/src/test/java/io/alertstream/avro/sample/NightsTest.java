package io.alertstream.avro.sample;

import static io.alertstream.avro.sample.DecodedSamples.id;
import static io.alertstream.avro.sample.DecodedSamples.record;
import static io.alertstream.avro.sample.DecodedSamples.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does the sky stay the same from visit to visit, and does each alert contain what earlier ones published? */
class NightsTest {

    private static final int A_NIGHT = SampleVisit.VISITS_A_NIGHT;

    /** All visits to one field within a week. */
    private static final List<Long> SAME_FIELD =
            List.of(7L, 57L, 3L * A_NIGHT + 7, 3L * A_NIGHT + 57, 6L * A_NIGHT + 7, 6L * A_NIGHT + 57);

    @ParameterizedTest
    @EnumSource(SampleHistory.class)
    void aHistoryAgreesWithTheEarlierAlerts(SampleHistory history) {
        Map<Object, GenericRecord> published = new HashMap<>();
        Set<Object> visits = new HashSet<>();
        int remembered = 0;
        for (long number : SAME_FIELD) {
            SampleVisit visit = SampleVisit.of(150).numbered(number).with(history);
            List<GenericRecord> alerts = DecodedSamples.of(visit).stream()
                    .map(DecodedSamples::decode)
                    .toList();
            for (GenericRecord alert : alerts) {
                for (GenericRecord past : records(alert, "prvDiaSources")) {
                    if (visits.contains(past.get("visit"))) {
                        assertThat(past).isEqualTo(published.get(past.get("diaSourceId")));
                        remembered++;
                    }
                }
            }
            for (GenericRecord alert : alerts) {
                GenericRecord source = record(alert, "diaSource");
                published.put(source.get("diaSourceId"), source);
                visits.add(source.get("visit"));
            }
        }
        assertThat(visits).hasSize(SAME_FIELD.size());
        assertThat(remembered).isGreaterThan(100);
    }

    @Test
    void laterVisitsKnowEveryObjectFoundEarlier() {
        Map<Object, Integer> sources = new HashMap<>();
        int longer = 0;
        for (long number : SAME_FIELD) {
            for (GenericRecord alert : decoded(number)) {
                if (alert.get("diaObject") == null) {
                    continue;
                }
                Object object = record(alert, "diaSource").get("diaObjectId");
                int now = (int) record(alert, "diaObject").get("nDiaSources");
                Integer before = sources.put(object, now);
                if (before != null) {
                    assertThat(now).isEqualTo(before + 1);
                    longer++;
                }
            }
        }
        assertThat(longer).isGreaterThan(30);
    }

    @Test
    void otherFieldsHaveOtherObjects() {
        Set<Object> here = objects(7);
        assertThat(objects(8)).doesNotContainAnyElementsOf(here);
        assertThat(objects(A_NIGHT + 7)).doesNotContainAnyElementsOf(here);
    }

    @Test
    void aFieldIsVisitedTwiceEveryThirdNight() {
        for (long visit : new long[] {0, 57, 799, 800, 12_345, 300 * A_NIGHT + 33}) {
            List<Long> before = Cadence.before(visit, SampleHistory.FIRST_YEAR);
            assertThat(before)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(past -> past < visit && Cadence.field(past) == Cadence.field(visit));
            assertThat(before.get(0) / A_NIGHT).isBetween(-48L, -45L);
            assertThat(before.size()).isGreaterThanOrEqualTo(32);
        }
        assertThat(Cadence.before(57, SampleHistory.FIRST_YEAR)).endsWith(7L);
    }

    @Test
    void theFieldsOfThreeNightsAreDistinct() {
        Set<Integer> fields = new HashSet<>();
        for (int visit = 0; visit < 3 * A_NIGHT; visit++) {
            fields.add(Cadence.field(visit));
            assertThat(Cadence.dec(Cadence.field(visit))).isBetween(-80.0, 15.0);
        }
        assertThat(fields).hasSize(3 * A_NIGHT / 2);
    }

    @Test
    void eachYearStartsAfresh() {
        long lastOfYear = 364L * A_NIGHT + 5;
        long firstOfNext = 365L * A_NIGHT + 5;
        assertThat(Cadence.before(lastOfYear, SampleHistory.MATURE)).hasSizeBetween(340, 360);
        assertThat(Cadence.before(firstOfNext, SampleHistory.MATURE)).hasSizeBetween(105, 115);
    }

    private static List<GenericRecord> decoded(long number) {
        return DecodedSamples.of(SampleVisit.of(150).numbered(number)).stream()
                .map(DecodedSamples::decode)
                .toList();
    }

    private static Set<Object> objects(long number) {
        Set<Object> objects = new HashSet<>();
        for (GenericRecord alert : decoded(number)) {
            if (alert.get("diaObject") != null) {
                objects.add(id(record(alert, "diaObject"), "diaObjectId"));
            }
        }
        return objects;
    }
}
