package io.alertstream.loader;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The loader's metrics. */
final class LoaderMeters {

    private final Counter alerts;
    private final Counter bytes;

    LoaderMeters(MeterRegistry registry) {
        alerts = Counter.builder("alertstream.loader.alerts")
                .description("alerts put into the static topic and acknowledged")
                .register(registry);
        bytes = Counter.builder("alertstream.loader.bytes")
                .baseUnit("bytes")
                .description("bytes of these alerts")
                .register(registry);
    }

    void loaded(int packetBytes) {
        alerts.increment();
        bytes.increment(packetBytes);
    }
}
