package io.alertstream.server;

import io.alertstream.server.overview.Overview;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The system's state, once a second, for as long as a client listens. */
final class EventRoutes implements Routes {

    private final Overview overview;
    private final EventStream stream;

    EventRoutes(Overview overview, EventStream stream) {
        this.overview = overview;
        this.stream = stream;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/v1/events", this::listen);
    }

    private void listen(RoutingContext context) {
        if (stream.isFull()) {
            context.fail(new OverloadedException("as many listen as the server takes"));
        } else if (context.request().method().equals(HttpMethod.HEAD)) {
            EventStream.head(context).end();
        } else {
            RequestMeters.dontTime(context);
            if (stream.isEmpty()) {
                overview.follow(state -> stream.send(state.encode()));
            }
            stream.add(context, this::left);
        }
    }

    private void left() {
        if (stream.isEmpty()) {
            overview.unfollow();
        }
    }
}
