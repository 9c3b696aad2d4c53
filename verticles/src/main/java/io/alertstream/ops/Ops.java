package io.alertstream.ops;

import io.micrometer.core.instrument.MeterRegistry;

/** What a role reports to: the process' readiness and its metrics. */
public record Ops(Readiness readiness, MeterRegistry meters) {}
