package io.alertstream.ops;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/**
 * Where a role reports its state.
 *
 * @param readiness whether the process can do its work right now
 * @param liveness whether the process has to be restarted
 * @param meters the process' metrics
 * @param fatal receives a failure that this process can't recover from: it shuts down in an orderly way with exit
 *     status 1. Safe to call from any thread, any number of times
 */
public record Ops(Readiness readiness, Liveness liveness, MeterRegistry meters, Consumer<Throwable> fatal) {

    /** Without liveness checks. */
    public Ops(Readiness readiness, MeterRegistry meters, Consumer<Throwable> fatal) {
        this(readiness, new Liveness(), meters, fatal);
    }
}
