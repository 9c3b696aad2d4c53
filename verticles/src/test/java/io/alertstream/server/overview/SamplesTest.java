package io.alertstream.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final long NOW = 1_000_000_000;

    private final Samples samples = new Samples();

    @Test
    void theRateIsThatOfTheLastSeconds() {
        for (int second = -20; second <= 0; second++) {
            samples.add(NOW + second * 1_000L, second < -10 ? 0 : 30 * (second + 10));
        }

        assertThat(samples.perSecond(NOW)).isEqualTo(30);
    }

    @Test
    void unknownFiguresAreNull() {
        assertThat(samples.perSecond(NOW)).isNull();
        samples.add(NOW, 5);
        assertThat(samples.perSecond(NOW)).isNull();
        assertThat(samples.values(NOW + 1_000)).hasSize(Samples.POINTS).containsOnlyOnce(5.0);
        assertThat(samples.rates(NOW + 1_000)).hasSize(Samples.POINTS).containsOnly((Double) null);
    }

    @Test
    void gapsAreNotInterpolated() {
        samples.add(NOW - 60_000, 100);
        samples.add(NOW, 700);

        assertThat(samples.at(NOW - 30_000)).isNull();
        assertThat(samples.perSecond(NOW + 30_000)).isNull();
    }

    @Test
    void aResetCounterDoesNotGiveNegativeRates() {
        samples.add(NOW - 2_000, 1_000);
        samples.add(NOW, 10);

        assertThat(samples.perSecond(NOW)).isZero();
    }

    @Test
    void figuresBetweenSamplesAreInterpolated() {
        samples.add(NOW, 10);
        samples.add(NOW + 1_000, 20);

        assertThat(samples.at(NOW + 250)).isEqualTo(12.5);
    }

    @Test
    void pointsStayFixedWhileTimePasses() {
        for (int i = 0; i < 200; i++) {
            samples.add(NOW + i * 990L, (long) i * i);
        }
        long then = NOW + 199 * 990L;

        assertThat(samples.values(then + Samples.STEP_MILLIS).subList(0, Samples.POINTS - 1))
                .isEqualTo(samples.values(then).subList(1, Samples.POINTS));
    }
}
