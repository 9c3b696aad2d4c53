package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void aVisitConsistsOfNightAndExposure() {
        assertThat(Ids.visit(LocalDate.of(2026, 3, 20), 100)).isEqualTo(2026032000100L);
    }

    @Test
    void aSourceIdConsistsOfDayExposureDetectorAndCounter() {
        Exposure exposure = Exposure.of(LocalDate.of(2010, 1, 3), 5, 5, Band.R);
        long id = Ids.source(exposure, 188, 9);
        assertThat(id & ((1 << Ids.COUNTER_BITS) - 1)).isEqualTo(9);
        long image = id >> Ids.COUNTER_BITS;
        assertThat(image % 256).isEqualTo(188);
        assertThat(image / 256 % 32_768).isEqualTo(5);
        assertThat(image / 256 / 32_768 % 16_384).isEqualTo(2);
        assertThat(image / 256 / 32_768 / 16_384).as("controller").isEqualTo(2);
    }

    @Test
    void anIdEqualsThatOfARealAlertOfTheSameNightVisitAndDetector() {
        Exposure exposure = Exposure.of(LocalDate.of(2025, 12, 31), 240, 240, Band.I);
        assertThat(Ids.source(exposure, 112, 50)).isEqualTo(169_813_006_111_211_570L);
    }

    @Test
    void theLastVisitsIdsFitIntoALong() {
        Exposure last = Visit.number(SampleVisit.MAX_NUMBER).exposure();
        assertThat(Ids.source(last, 188, Ids.MAX_COUNTER)).isPositive();
        assertThat(last.night().getYear()).isLessThan(2055);
    }

    @Test
    void anAsteroidsIdIsItsDesignation() {
        assertThat(Ids.solarSystemObject("K10O12F")).isEqualTo(0x4b_31_30_4f_31_32_46L);
    }
}
