package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VisitNumberTest {

    private static final long SEED = 7;

    @Test
    void theVisitIsReadFromARealAlertsId() {
        assertThat(VisitNumber.ofAlert(169813006111211570L))
                .map(VisitNumber::number)
                .hasValue(2025123100240L);
        assertThat(VisitNumber.ofAlert(169813007334899766L))
                .map(VisitNumber::number)
                .hasValue(2025123100249L);
    }

    @Test
    void theVisitIsReadFromAGeneratedId() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            VisitNumber visit = new VisitNumber(
                    LocalDate.of(2020, 1, 1).plusDays(random.nextInt(10_000)),
                    1 + random.nextInt(VisitNumber.MAX_SEQUENCE));
            long like = random.nextLong() & Long.MAX_VALUE;
            long id = visit.alertId(like, random.nextInt(256), random.nextInt(VisitNumber.MAX_COUNTER + 1));
            assertThat(VisitNumber.ofAlert(id)).hasValue(visit);
            assertThat(VisitNumber.of(visit.number())).hasValue(visit);
            assertThat(id >>> 56).isEqualTo(like >>> 56);
        }
    }

    @Test
    void aRealIdIsReproduced() {
        long id = 169813006111211570L;
        VisitNumber visit = VisitNumber.ofAlert(id).orElseThrow();
        assertThat(visit.alertId(id, 112, (int) (id & VisitNumber.MAX_COUNTER))).isEqualTo(id);
    }

    @Test
    void nightsChangeAtNoon() {
        assertThat(VisitNumber.firstOfNight(Instant.parse("2026-11-27T11:59:59Z")))
                .isEqualTo(new VisitNumber(LocalDate.of(2026, 11, 26), 1));
        assertThat(VisitNumber.firstOfNight(Instant.parse("2026-11-27T12:00:00Z")))
                .isEqualTo(new VisitNumber(LocalDate.of(2026, 11, 27), 1));
    }

    @Test
    void aFullNightIsFollowedByTheNext() {
        VisitNumber last = new VisitNumber(LocalDate.of(2026, 12, 31), VisitNumber.MAX_SEQUENCE);
        assertThat(last.next()).isEqualTo(new VisitNumber(LocalDate.of(2027, 1, 1), 1));
        assertThat(last.next()).isGreaterThan(last);
    }

    @Test
    void otherNumbersAreNotVisits() {
        assertThat(VisitNumber.of(0)).isEmpty();
        assertThat(VisitNumber.of(2025_13_31_00001L)).isEmpty();
        assertThat(VisitNumber.of(2025_12_31_00000L)).isEmpty();
        assertThat(VisitNumber.of(Long.MAX_VALUE)).isEmpty();
        assertThat(VisitNumber.of(-2025_12_31_00001L)).isEmpty();
        assertThat(VisitNumber.ofAlert(-1)).isEmpty();
        assertThat(VisitNumber.ofAlert(42)).isEmpty();
    }

    @Test
    void tooManyAlertsOfADetectorAreRefused() {
        VisitNumber visit = new VisitNumber(LocalDate.of(2026, 1, 1), 1);
        assertThatThrownBy(() -> visit.alertId(0, 3, VisitNumber.MAX_COUNTER + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("524288 alerts");
    }
}
