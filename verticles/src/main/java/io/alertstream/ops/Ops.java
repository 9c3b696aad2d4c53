package io.alertstream.ops;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/**
 * What a role reports to.
 *
 * @param readiness whether the process can do its work right now
 * @param liveness whether the process still moves
 * @param meters the process' metrics
 * @param fatal takes a failure that this process can't recover from: the process stops in order and ends with exit
 *     status 1. Safe to call from any thread, any number of times.
 */
public record Ops(Readiness readiness, Liveness liveness, MeterRegistry meters, Consumer<Throwable> fatal) {

    /** The same where nobody asks whether the process still moves. */
    public Ops(Readiness readiness, MeterRegistry meters, Consumer<Throwable> fatal) {
        this(readiness, new Liveness(), meters, fatal);
    }
}
