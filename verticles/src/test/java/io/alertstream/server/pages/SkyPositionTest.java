package io.alertstream.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkyPositionTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 00:00:00.000 +00:00:00.00",
        "359.9999999, -0.0000001, 00:00:00.000 \u221200:00:00.00",
        "55.7521276, -32.2684786, 03:43:00.511 \u221232:16:06.52",
        "14.9999999, 59.9999999, 01:00:00.000 +60:00:00.00",
        "187.5, 90, 12:30:00.000 +90:00:00.00",
        "0.0041, -0.5, 00:00:00.984 \u221200:30:00.00"
    })
    void sexagesimalNeverHasSixtySeconds(double ra, double dec, String text) {
        assertThat(new SkyPosition(ra, dec).sexagesimal()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"10.5, -0.25, 10.5000000 \u22120.2500000", "0.00000004, 0, 0.0000000 +0.0000000"})
    void degreesHaveSevenDecimals(double ra, double dec, String text) {
        assertThat(new SkyPosition(ra, dec).degrees()).isEqualTo(text);
    }
}
