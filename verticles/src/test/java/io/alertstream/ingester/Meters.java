package io.alertstream.ingester;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** The counts of all ingesters in this process, added up. */
final class Meters {

    private static final long LOOK_MILLIS = 20;

    private final MeterRegistry meters;

    Meters(MeterRegistry meters) {
        this.meters = meters;
    }

    double stored() {
        return count("stored");
    }

    double duplicates() {
        return count("duplicate");
    }

    /** Returns when this many alerts are stored. */
    void awaitStored(Vertx vertx, int alerts) throws Exception {
        Promise<Void> reached = Promise.promise();
        long timer = vertx.setPeriodic(0, LOOK_MILLIS, id -> {
            if (stored() >= alerts) {
                reached.tryComplete();
            }
        });
        Stream.await(reached.future());
        vertx.cancelTimer(timer);
    }

    private double count(String result) {
        var counter =
                meters.find("alertstream.ingester.alerts").tag("result", result).counter();
        return counter == null ? 0 : counter.count();
    }
}
