package io.alertstream.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BrightnessTest {

    @Test
    void aMicrojanskyIsMagnitude23Point9() {
        Brightness brightness = brightness(1_000, 10);

        assertThat(brightness.magnitudeText()).isEqualTo("23.900");
        assertThat(brightness.magnitudeErrorText()).isEqualTo("0.011");
        assertThat(brightness.fluxText()).isEqualTo("1000.0");
    }

    @Test
    void nonPositiveFluxesHaveNoMagnitude() {
        assertThat(brightness(-1_000, 10).magnitudeText()).isEmpty();
        assertThat(brightness(0, 10).magnitudeErrorText()).isEmpty();
        assertThat(new Brightness(OptionalDouble.empty(), OptionalDouble.of(10)).magnitudeText())
                .isEmpty();
    }

    private static Brightness brightness(double flux, double error) {
        return new Brightness(OptionalDouble.of(flux), OptionalDouble.of(error));
    }
}
