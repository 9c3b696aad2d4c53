package io.alertstream.server.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaiTest {

    /** TAI-UTC as the IERS lists it, just before and just after some leap seconds. */
    @ParameterizedTest
    @CsvSource({
        "41317.0002, 10",
        "41499.0002, 11",
        "51179.00035, 31",
        "51179.00038, 32",
        "57754.0004, 36",
        "57754.00043, 37",
        "61041.5, 37"
    })
    void utcIsTaiMinusLeapSeconds(double mjd, int seconds) {
        assertThat(Tai.utc(mjd)).contains(Tai.date(mjd).orElseThrow().minusSeconds(seconds));
    }

    @Test
    void datesAgreeWithTheCalendar() {
        assertThat(Tai.date(60961.233092)).contains(LocalDateTime.parse("2025-10-13T05:35:39.149"));
        assertThat(Tai.utc(60961.233092)).contains(LocalDateTime.parse("2025-10-13T05:35:02.149"));
    }

    @Test
    void invalidDatesHaveNoUtc() {
        assertThat(Tai.utc(0)).isEmpty();
        assertThat(Tai.utc(1e300)).isEmpty();
        assertThat(Tai.utc(Double.NaN)).isEmpty();
    }
}
