package io.alertstream.server.routes;

import io.alertstream.server.limits.OverloadedException;
import io.alertstream.server.limits.Shares;
import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.protocol.Negotiation;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** Many alerts at once, as one Avro container file. */
final class ManyAlertsRoutes implements RouteGroup {

    private static final List<AlertFormat> OFFERS = List.of(AlertFormat.AVRO);

    private final Bounds bounds;
    private final Function<List<Long>, ContainerStream> streams;
    private final ServedAlerts servedAlerts;

    /**
     * Limits on lists.
     *
     * @param places for lists that are being answered
     * @param arriving bytes of lists that are still arriving
     */
    record Bounds(Shares places, Shares arriving) {}

    ManyAlertsRoutes(Bounds bounds, Function<List<Long>, ContainerStream> streams, ServedAlerts servedAlerts) {
        this.bounds = bounds;
        this.streams = streams;
        this.servedAlerts = servedAlerts;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.addPost(router, "/v1/alerts", this::many);
    }

    private void many(RoutingContext context) {
        HttpServerRequest request = context.request();
        String client = bounds.places().client(request);
        new ListBody(request, bounds.arriving(), client)
                .received()
                .compose(body -> send(context, client, IdList.parse(body)))
                .onSuccess(servedAlerts::add)
                .onFailure(failure -> {
                    if (failure instanceof IllegalArgumentException) {
                        Answers.error(request, 400, failure.getMessage());
                    } else {
                        context.fail(failure);
                    }
                });
    }

    /** Sends the alerts, and returns their number. A list takes a place only once it has arrived. */
    private Future<Integer> send(RoutingContext context, String client, List<Long> ids) {
        if (Negotiation.choose(context.request(), OFFERS).isEmpty()) {
            return Future.succeededFuture(0);
        }
        if (!bounds.places().take(client, 1)) {
            return Future.failedFuture(
                    new OverloadedException("too many lists in progress, in total or for this client"));
        }
        return streams.apply(ids).writeTo(context.response()).onComplete(done -> bounds.places()
                .giveBack(client, 1));
    }
}
