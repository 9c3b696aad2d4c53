package io.alertstream.loadtest.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.loadtest.load.LoadTestException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaToolsTest {

    @Test
    void theProducerToolsBetterSummaryCounts() {
        assertThat(produced("512.5", "612.500000")).isEqualTo(612.5);
        assertThat(produced("744.1", "731.000000")).isEqualTo(744.1);
    }

    private static double produced(String wholeRun, String steadyState) {
        return KafkaTools.produced(List.of(
                "Warmup first 2000 records. Steady state results will print after the complete test summary.",
                "2500 records sent, 999.9 records/sec (39.09 MB/sec), 10.0 ms avg latency, 20.0 ms max latency.",
                "7000 records sent, " + wholeRun
                        + " records/sec (40.08 MB/sec), 9.00 ms avg latency, 20.00 ms max latency,"
                        + " 8 ms 50th, 15 ms 95th, 19 ms 99th, 20 ms 99.9th.",
                "5000 steady state records sent, " + steadyState + " records/sec (47.90 MB/sec), 9.00 ms avg latency,"
                        + " 20.00 ms max latency, 8 ms 50th, 15 ms 95th, 19 ms 99th, 20 ms 99.9th."));
    }

    @Test
    void theConsumerToolsFetchRateCounts() {
        assertThat(KafkaTools.consumed(List.of(
                        "2026-11-22 16:00:00:000, 2026-11-22 16:00:05:000, 782.0, 156.4, 10000, 2000.0, 3500, 1500,"
                                + " 521.3, 6666.7")))
                .isEqualTo(6666.7);
    }

    @Test
    void unexpectedOutputIsAnErrorThatShowsIt() {
        assertThatThrownBy(() -> KafkaTools.produced(List.of("Connection refused")))
                .isInstanceOf(LoadTestException.class)
                .hasMessageContaining("Connection refused");
        assertThatThrownBy(() -> KafkaTools.consumed(List.of("Connection refused")))
                .isInstanceOf(LoadTestException.class)
                .hasMessageContaining("Connection refused");
    }
}
