package io.alertstream.server.protocol;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Counts and times requests by route and status, and counts bytes sent. */
public final class RequestMeters {

    private static final String ROUTE = "route";
    private static final String ENDLESS = "endless";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry meters;
    private final Counter sent;

    public RequestMeters(MeterRegistry meters) {
        this.meters = meters;
        this.sent = Counter.builder("alertstream.server.sent")
                .description("bodies of answers")
                .baseUnit(BaseUnits.BYTES)
                .register(meters);
    }

    /** Sets the route of a request. Without one it counts as {@code none}, so that clients can't invent tags. */
    static void name(RoutingContext context, String route) {
        context.put(ROUTE, route);
    }

    /** Excludes an endless answer from the timings, whose average it would spoil. */
    public static void dontTime(RoutingContext context) {
        context.put(ENDLESS, true);
    }

    /** Measures a request from now to the end of its answer. */
    public void measure(RoutingContext context) {
        Timer.Sample start = Timer.start(meters);
        context.addEndHandler(ended -> {
            if (!context.get(ENDLESS, false)) {
                start.stop(timer(
                        context.get(ROUTE, "none"),
                        ended.succeeded() ? Integer.toString(context.response().getStatusCode()) : "gone"));
            }
            sent.increment((double) context.response().bytesWritten());
        });
        context.next();
    }

    private Timer timer(String route, String status) {
        return Timer.builder("alertstream.server.requests")
                .description("requests, from their arrival to the end of their answer")
                .tag(ROUTE, route)
                .tag("status", status)
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }
}
