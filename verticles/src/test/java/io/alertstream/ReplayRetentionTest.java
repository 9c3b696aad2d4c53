package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayRetentionTest {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private final ReplayRetention usual = new ReplayRetention(Optional.empty());

    @Test
    void aGibibyteIsKeptBeforeAVisitIsLoaded() {
        assertThat(usual.beforeLoad()).isEqualTo(bytes(GIB / 8, GIB / 8 / 4));
    }

    @Test
    void theMostThatItTakesIsAQuarterMore() {
        assertThat(usual.mostBytes(80 * MIB)).isEqualTo(GIB + GIB / 4);
        assertThat(usual.mostBytes(GIB)).isEqualTo(5 * GIB);
        assertThat(new ReplayRetention(Optional.of(800 * MIB)).mostBytes(GIB)).isEqualTo(1000 * MIB);
    }

    @Test
    void fourVisitsAreKept() {
        assertThat(usual.forVisitOf(GIB)).isEqualTo(bytes(4 * GIB / 8, 4 * GIB / 8 / 4));
    }

    @Test
    void smallVisitsGetAGibibyte() {
        assertThat(usual.forVisitOf(80 * MIB)).isEqualTo(usual.beforeLoad());
    }

    @Test
    void theSettingAppliesToTheWholeTopicAndOverridesVisits() {
        ReplayRetention fixed = new ReplayRetention(Optional.of(800 * MIB));

        assertThat(fixed.beforeLoad()).isEqualTo(bytes(100 * MIB, 25 * MIB));
        assertThat(fixed.forVisitOf(GIB)).isEqualTo(fixed.beforeLoad());
    }

    @Test
    void segmentSizesSuitKafka() {
        assertThat(new ReplayRetention(Optional.of(8 * MIB)).beforeLoad()).isEqualTo(bytes(MIB, 16 * MIB));
        assertThat(usual.forVisitOf(100 * GIB)).containsEntry("segment.bytes", Long.toString(GIB));
    }

    private static Map<String, String> bytes(long retention, long segment) {
        return Map.of("retention.bytes", Long.toString(retention), "segment.bytes", Long.toString(segment));
    }
}
