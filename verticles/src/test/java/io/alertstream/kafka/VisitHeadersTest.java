package io.alertstream.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitHeadersTest {

    @ParameterizedTest
    @CsvSource({"0, 0.0", "1250000, 1.25", "1000000, 1.0", "10, 0.00001", "37000000, 37.0", "86399999999, 86399.999999"
    })
    void offsetsAreDecimalTextAndReadBackExactly(long micros, String text) {
        byte[] written = VisitHeaders.timeOffset(micros);

        assertThat(new String(written, US_ASCII)).isEqualTo(text);
        assertThat(VisitHeaders.timeOffsetNanos(written)).isEqualTo(micros * 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1.0", "1e3", "NaN", "0x1p3", "1.", ".5", "1,5", "86400.0", "99999999999", "1.0\n"})
    void refusesInvalidOffsets(String text) {
        assertThatThrownBy(() -> VisitHeaders.timeOffsetNanos(text.getBytes(US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alertsim-time-offset");
    }

    @Test
    void readsOffsetsOfOtherLoaders() {
        assertThat(VisitHeaders.timeOffsetNanos("2".getBytes(US_ASCII))).isEqualTo(2_000_000_000L);
        assertThat(VisitHeaders.timeOffsetNanos("0.123456789".getBytes(US_ASCII)))
                .isEqualTo(123_456_789L);
    }

    @Test
    void countsAreReadBack() {
        assertThat(VisitHeaders.visitAlerts(VisitHeaders.visitAlerts(40_000))).isEqualTo(40_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.0", "many", "99999999999999999999"})
    void refusesInvalidCounts(String text) {
        assertThatThrownBy(() -> VisitHeaders.visitAlerts(text.getBytes(US_ASCII)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alertsim-visit-alerts");
    }
}
