package io.alertstream.loader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOffsetsTest {

    private static final double FIRST = 61_234.567_891_2;

    private final TimeOffsets offsets = new TimeOffsets(FIRST);

    @ParameterizedTest
    @CsvSource({"0, 0.0", "1.25, 1.25", "1.1, 1.1", "2.999, 2.999", "0.00001, 0.00001", "37, 37.0", "1000, 1000.0"})
    void hasNoRoundingArtefacts(double seconds, String text) {
        assertThat(new String(offsets.header(FIRST + seconds / 86_400), US_ASCII))
                .isEqualTo(text);
    }

    @Test
    void isNeverNegative() {
        assertThat(new String(offsets.header(FIRST - 1), US_ASCII)).isEqualTo("0.0");
    }

    @Test
    void isZeroWithoutTimes() {
        assertThat(new String(new TimeOffsets(0).header(0), US_ASCII)).isEqualTo("0.0");
    }
}
