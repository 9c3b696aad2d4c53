package io.alertstream.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Many alerts at once, as one Avro container file. */
final class ManyAlertsRoutes implements Routes {

    /** Each holds a few packets in memory for as long as its client takes to read. */
    private static final int MAX_AT_A_TIME = 32;

    private static final List<AlertFormat> OFFERS = List.of(AlertFormat.AVRO);

    private final Vertx vertx;
    private final ArchiveReader archive;
    private final Decoding decoding;
    private final HandedOut handedOut;
    private int running;

    ManyAlertsRoutes(Vertx vertx, ArchiveReader archive, Decoding decoding, HandedOut handedOut) {
        this.vertx = vertx;
        this.archive = archive;
        this.decoding = decoding;
        this.handedOut = handedOut;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.addPost(router, "/v1/alerts", this::many);
    }

    private void many(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (running == MAX_AT_A_TIME) {
            context.fail(new OverloadedException("as many lists of alerts are being sent as the server takes on"));
            return;
        }
        running++;
        body(request)
                .map(IdList::parse)
                .compose(ids -> Negotiation.choose(request, OFFERS).isPresent()
                        ? new ContainerStream(vertx, archive, decoding, context.response(), ids).run()
                        : Future.succeededFuture(0))
                .onSuccess(handedOut::add)
                .onComplete(done -> running--)
                .onFailure(failure -> {
                    if (failure instanceof IllegalArgumentException) {
                        Answers.error(request, 400, failure.getMessage());
                    } else {
                        context.fail(failure);
                    }
                });
    }

    /** The request's body; one that is too large is answered at once, and its connection closed behind the answer. */
    private static Future<Buffer> body(HttpServerRequest request) {
        Promise<Buffer> body = Promise.promise();
        Buffer received = Buffer.buffer();
        request.handler(part -> {
            if (received.length() + part.length() <= IdList.MAX_BYTES) {
                received.appendBuffer(part);
            } else {
                request.handler(null);
                request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                body.tryFail(new NoRepresentationException(
                        413, "expected at most " + IdList.MAX_BYTES + " bytes, a list of " + IdList.MAX_IDS + " ids"));
            }
        });
        request.endHandler(end -> body.tryComplete(received));
        request.exceptionHandler(body::tryFail);
        return body.future();
    }
}
