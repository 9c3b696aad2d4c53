package io.alertstream.server.routes;

import io.alertstream.server.limits.OverloadedException;
import io.alertstream.server.limits.Shares;
import io.alertstream.server.overview.Overview;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.protocol.RequestMeters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The state of the system, once a second for as long as a client listens. */
final class EventRoutes implements RouteGroup {

    private final Overview overview;
    private final EventStream stream;
    private final Shares places;

    EventRoutes(Overview overview, EventStream stream, Shares places) {
        this.overview = overview;
        this.stream = stream;
        this.places = places;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/v1/events", this::listen);
    }

    private void listen(RoutingContext context) {
        String client = places.client(context.request());
        if (!places.take(client, 1)) {
            context.fail(new OverloadedException("too many event streams open, in total or for this client"));
        } else if (context.request().method().equals(HttpMethod.HEAD)) {
            places.giveBack(client, 1);
            EventStream.head(context).end();
        } else {
            RequestMeters.dontTime(context);
            if (stream.isEmpty()) {
                overview.follow(state -> stream.send(state.encode()));
            }
            stream.add(context, () -> left(client));
        }
    }

    private void left(String client) {
        places.giveBack(client, 1);
        if (stream.isEmpty()) {
            overview.unfollow();
        }
    }
}
