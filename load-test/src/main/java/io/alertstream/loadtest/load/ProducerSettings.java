package io.alertstream.loadtest.load;

import io.alertstream.loadtest.workload.Workload;
import io.alertstream.loadtest.workload.Workload.Schedule;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The settings of Kafka's producer, the same for a workload and its baseline. */
public final class ProducerSettings {

    /** Limit of unacknowledged bytes: about half a second at one producer's maximum rate. */
    private static final long BUFFER_BYTES = 128L << 20;

    private static final int MIN_REQUEST_BYTES = 10 << 20;

    private static final Workload.Produce DEFAULTS = new Workload.Produce(
            new Schedule.FullSpeed(), 0, Optional.empty(), "all", "none", 1 << 20, Duration.ofMillis(5));

    private ProducerSettings() {}

    /** Those of a workload, or the defaults. */
    public static Map<String, String> of(Optional<Workload.Produce> workload) {
        Workload.Produce work = workload.orElse(DEFAULTS);
        return Map.of(
                "acks", work.acks(),
                "enable.idempotence", String.valueOf(work.acks().equals("all")),
                "compression.type", work.compression(),
                "batch.size", String.valueOf(work.batchBytes()),
                "linger.ms", String.valueOf(work.linger().toMillis()),
                "buffer.memory", String.valueOf(Math.max(BUFFER_BYTES, 4L * work.batchBytes())),
                "max.request.size", String.valueOf(Math.max(MIN_REQUEST_BYTES, 2 * work.batchBytes())),
                "send.buffer.bytes", "-1",
                "receive.buffer.bytes", "-1");
    }
}
