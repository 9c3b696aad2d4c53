package io.alertstream.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {

    @ParameterizedTest
    @CsvSource({
        "1234.5678, 12.345, 1235 ± 12",
        "-1234.5678, 0.12345, \u22121234.57 ± 0.12",
        "53504.2, 416.3, 53504 ± 416",
        "19.57901, 0.00843, 19.5790 ± 0.0084",
        "1234.5678, 0, 1235",
        "1234.5678, NaN, 1235",
        "1e300, 1, 1.000E+300",
        "0, 1, 0.0 ± 1.0"
    })
    void aValueHasTheDigitsThatItsErrorAllows(double value, double error, String text) {
        assertThat(NumberText.measured(value, error)).isEqualTo(text);
    }

    @Test
    void datesAreConvertedFromModifiedJulianDates() {
        assertThat(NumberText.date(60961.233092)).isEqualTo("2025-10-13 05:35:39");
        assertThat(NumberText.date(0)).isEqualTo("1858-11-17 00:00:00");
        assertThat(NumberText.date(1e300)).isEqualTo("MJD 1.0E300");
        assertThat(NumberText.date(-1e300)).isEqualTo("MJD -1.0E300");
    }
}
