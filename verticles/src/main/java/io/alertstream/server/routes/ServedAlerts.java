package io.alertstream.server.routes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Counts the alerts that clients got, in whatever format. */
final class ServedAlerts {

    private final Counter alerts;

    ServedAlerts(MeterRegistry meters) {
        alerts = Counter.builder("alertstream.server.alerts")
                .description("alerts handed out, in whatever format")
                .register(meters);
    }

    /** The answer to this request is an alert, if it becomes one. */
    void one(RoutingContext context) {
        context.addEndHandler(ended -> {
            if (ended.succeeded()
                    && context.response().getStatusCode() == 200
                    && context.request().method().equals(HttpMethod.GET)) {
                add(1);
            }
        });
    }

    void add(int number) {
        alerts.increment(number);
    }

    long count() {
        return (long) alerts.count();
    }
}
