package io.alertstream.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private static final CallPolicy POLICY =
            new CallPolicy(Duration.ofSeconds(1), 1000, 9, Duration.ofMillis(100), Duration.ofSeconds(2));

    @Test
    void delaysDoubleUpToTheLimit() {
        Retries retries = new Retries(null, POLICY, () -> 0);
        assertThat(retries.delayAfter(1, failure(null))).hasMillis(100);
        assertThat(retries.delayAfter(2, failure(null))).hasMillis(200);
        assertThat(retries.delayAfter(3, failure(null))).hasMillis(400);
        assertThat(retries.delayAfter(9, failure(null))).hasMillis(2000);
        assertThat(retries.delayAfter(1000, failure(null))).hasMillis(2000);
    }

    @Test
    void jitterTakesUpToAHalf() {
        assertThat(new Retries(null, POLICY, () -> 1).delayAfter(2, failure(null)))
                .hasMillis(100);
        assertThat(new Retries(null, POLICY, () -> 0.5).delayAfter(2, failure(null)))
                .hasMillis(150);
    }

    @Test
    void waitsAsLongAsTheRegistryAsksWithinTheLimit() {
        Retries retries = new Retries(null, POLICY, () -> 0);
        assertThat(retries.delayAfter(1, failure(Duration.ofSeconds(1)))).hasMillis(1000);
        assertThat(retries.delayAfter(1, failure(Duration.ofDays(1)))).hasMillis(2000);
    }

    private static RegistryException failure(Duration retryAfter) {
        return RegistryException.unreadable(503, Optional.ofNullable(retryAfter), "busy", null);
    }
}
