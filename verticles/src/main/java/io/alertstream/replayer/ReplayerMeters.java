package io.alertstream.replayer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The replayer's metrics. */
final class ReplayerMeters {

    private final Counter alerts;
    private final Counter bytes;
    private final Timer visits;
    private final Timer late;
    private final Counter incomplete;
    private final Counter overruns;
    private final AtomicLong inFlight = new AtomicLong();

    ReplayerMeters(MeterRegistry registry) {
        alerts = Counter.builder("alertstream.replayer.alerts")
                .description("alerts copied into the replay topic and acknowledged")
                .register(registry);
        bytes = Counter.builder("alertstream.replayer.bytes")
                .baseUnit("bytes")
                .description("bytes of these alerts")
                .register(registry);
        visits = Timer.builder("alertstream.replayer.visit")
                .description("time from a visit's start to its last acknowledgement")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(10))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(registry);
        late = Timer.builder("alertstream.replayer.schedule.error")
                .description("how long after its scheduled time a visit's first alert was sent")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
        incomplete = Counter.builder("alertstream.replayer.visits.incomplete")
                .description("visits that could not be copied whole")
                .register(registry);
        overruns = Counter.builder("alertstream.replayer.overruns")
                .description("visits that took longer than the interval")
                .register(registry);
        Gauge.builder("alertstream.replayer.in.flight", inFlight, AtomicLong::get)
                .baseUnit("bytes")
                .description("bytes sent and not yet acknowledged")
                .register(registry);
    }

    void inFlight(long change) {
        inFlight.addAndGet(change);
    }

    void copied(int messageBytes) {
        alerts.increment();
        bytes.increment(messageBytes);
    }

    void visit(Duration took, Duration lateBy) {
        visits.record(took);
        late.record(lateBy);
    }

    void incomplete() {
        incomplete.increment();
    }

    void overrun() {
        overruns.increment();
    }
}
