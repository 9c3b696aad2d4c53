package io.alertstream.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    private static final long SEED = 1;

    @Test
    void percentilesAreExactToSixPercent() {
        Random random = new Random(SEED);
        for (int run = 0; run < 100; run++) {
            LatencyHistogram latencies = new LatencyHistogram();
            long[] values = new long[1 + random.nextInt(500)];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextLong(1L << random.nextInt(1, 40));
                latencies.add(values[i]);
            }
            Arrays.sort(values);
            for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
                long exact = values[(int) Math.ceil(share * values.length) - 1];
                assertThat(latencies.percentile(share))
                        .as("%s of %d, seed %d", share, values.length, SEED)
                        .isBetween(exact, exact + exact / 16 + 1);
            }
            assertThat(latencies.percentile(1)).isEqualTo(values[values.length - 1]);
        }
    }

    @Test
    void withoutSamplesLatencyIsZero() {
        assertThat(new LatencyHistogram().percentile(0.5)).isZero();
    }

    @Test
    void clockDifferencesDontGiveNegativeLatencies() {
        LatencyHistogram latencies = new LatencyHistogram();
        latencies.add(-5);
        assertThat(latencies.percentile(1)).isZero();
        latencies.add(Long.MAX_VALUE);
        assertThat(latencies.percentile(1)).isEqualTo((1L << 40) - 1);
    }
}
