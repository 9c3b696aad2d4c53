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
        body(request)
                .compose(body -> send(context, IdList.parse(body)))
                .onSuccess(handedOut::add)
                .onFailure(failure -> {
                    if (failure instanceof IllegalArgumentException) {
                        Answers.error(request, 400, failure.getMessage());
                    } else {
                        context.fail(failure);
                    }
                });
    }

    /** How many alerts were sent. A list takes a place from here on, not while its client is still sending it. */
    private Future<Integer> send(RoutingContext context, List<Long> ids) {
        if (Negotiation.choose(context.request(), OFFERS).isEmpty()) {
            return Future.succeededFuture(0);
        }
        if (running == MAX_AT_A_TIME) {
            return Future.failedFuture(
                    new OverloadedException("as many lists of alerts are being sent as the server takes on"));
        }
        running++;
        return new ContainerStream(vertx, archive, decoding, context.response(), ids)
                .run()
                .onComplete(done -> running--);
    }

    /** The request's body; one that is too large is answered at once, and its connection closed after the answer. */
    private static Future<Buffer> body(HttpServerRequest request) {
        Promise<Buffer> body = Promise.promise();
        Buffer received = Buffer.buffer();
        request.handler(part -> {
            if (received.length() + part.length() <= IdList.MAX_BYTES) {
                received.appendBuffer(part);
            } else {
                request.handler(null);
                body.tryFail(tooLarge(request));
            }
        });
        request.endHandler(end -> body.tryComplete(received));
        request.exceptionHandler(body::tryFail);
        if (announced(request) > IdList.MAX_BYTES) {
            request.handler(null);
            body.tryFail(tooLarge(request));
        } else if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        return body.future();
    }

    /** Netty has made sure that it is a number. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    private static NoRepresentationException tooLarge(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        return new NoRepresentationException(
                413, "expected at most " + IdList.MAX_BYTES + " bytes, a list of " + IdList.MAX_IDS + " ids");
    }
}
