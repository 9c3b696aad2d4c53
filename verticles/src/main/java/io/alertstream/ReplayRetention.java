package io.alertstream;

import java.util.Map;
import java.util.Optional;

/**
 * The retention of {@code local}'s replay topic, limited for a laptop's disk.
 *
 * @param fixedBytes {@code LOCAL_REPLAY_RETENTION}, for the whole topic; empty for four visits, at least 1 GiB
 */
record ReplayRetention(Optional<Long> fixedBytes) {

    static final int PARTITIONS = 8;

    private static final long LEAST_BYTES = 1L << 30;
    private static final int VISITS = 4;
    private static final long LEAST_SEGMENT_BYTES = 16L << 20;
    private static final long LARGEST_SEGMENT_BYTES = 1L << 30;

    /** Kafka deletes whole segments: with four per partition, the topic exceeds its limit by a quarter at most. */
    private static final int SEGMENTS = 4;

    /** The topic's configuration before a visit is loaded. */
    Map<String, String> beforeLoad() {
        return config(LEAST_BYTES);
    }

    /** The topic's configuration for visits of this size. */
    Map<String, String> forVisitOf(long bytes) {
        return config(Math.max(LEAST_BYTES, VISITS * bytes));
    }

    /** The most that the topic takes on the disk for visits of this size. */
    long mostBytes(long visitBytes) {
        long kept = fixedBytes.orElse(Math.max(LEAST_BYTES, VISITS * visitBytes));
        return kept + kept / SEGMENTS;
    }

    private Map<String, String> config(long wantedBytes) {
        long partition = fixedBytes.orElse(wantedBytes) / PARTITIONS;
        long segment = Math.min(LARGEST_SEGMENT_BYTES, Math.max(LEAST_SEGMENT_BYTES, partition / SEGMENTS));
        return Map.of("retention.bytes", Long.toString(partition), "segment.bytes", Long.toString(segment));
    }
}
