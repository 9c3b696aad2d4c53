package io.alertstream.server.routes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Counts the alerts sent to clients, in any format. */
final class ServedAlerts {

    private final Counter alerts;

    ServedAlerts(MeterRegistry meters) {
        alerts = Counter.builder("alertstream.server.alerts")
                .description("alerts served, in any format")
                .register(meters);
    }

    /** Counts the answer to this request as an alert, if it succeeds. */
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
