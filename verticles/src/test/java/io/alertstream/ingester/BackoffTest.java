package io.alertstream.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    @Test
    void doublesUpToItsLimit() {
        assertThat(backoff.afterFailures(1, random(0))).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.afterFailures(2, random(0))).isEqualTo(Duration.ofMillis(400));
        assertThat(backoff.afterFailures(7, random(0))).isEqualTo(Duration.ofSeconds(10));
        assertThat(backoff.afterFailures(Integer.MAX_VALUE, random(0))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void chanceCutsUpToAHalf() {
        assertThat(backoff.afterFailures(1, random(Math.nextDown(1.0)))).isEqualTo(Duration.ofMillis(101));
        assertThat(backoff.afterFailures(1, random(0.5))).isEqualTo(Duration.ofMillis(150));
    }

    private static RandomGenerator random(double always) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return always;
            }
        };
    }
}
