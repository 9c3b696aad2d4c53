package io.alertstream.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    @Test
    void doublesUpToItsLimit() {
        assertThat(delay(1, 0)).hasMillis(200);
        assertThat(delay(2, 0)).hasMillis(400);
        assertThat(delay(7, 0)).hasMillis(10_000);
        assertThat(delay(1000, 0)).hasMillis(10_000);
        assertThat(delay(Integer.MAX_VALUE, 0)).hasMillis(10_000);
    }

    @Test
    void jitterSubtractsUpToAHalf() {
        assertThat(delay(1, Math.nextDown(1.0))).hasMillis(101);
        assertThat(delay(1, 0.5)).hasMillis(150);
    }

    @Test
    void isAtLeastTheRequestedDelayWithinTheLimit() {
        assertThat(requested(Duration.ofSeconds(1))).hasMillis(1000);
        assertThat(requested(Duration.ofMillis(1))).hasMillis(200);
        assertThat(requested(Duration.ofDays(1))).hasMillis(10_000);
    }

    @Test
    void aDelayOfZeroIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofNanos(1), Duration.ofSeconds(1)))
                .hasMessageContaining("at least 1 ms");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("not below");
    }

    private Duration delay(int failures, double random) {
        return backoff.delay(failures, Duration.ZERO, random(random));
    }

    private Duration requested(Duration requested) {
        return backoff.delay(1, requested, random(0));
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
