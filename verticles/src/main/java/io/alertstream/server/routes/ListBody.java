package io.alertstream.server.routes;

import io.alertstream.server.limits.OverloadedException;
import io.alertstream.server.limits.Shares;
import io.alertstream.server.protocol.ClientErrorException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The body of a request that brings a list of ids. One that is too large, or for which there is no room, is answered at
 * once, and its connection closed after the answer. Used on one event loop.
 */
final class ListBody {

    private final HttpServerRequest request;
    private final Shares arriving;
    private final String client;
    private final Buffer received = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    ListBody(HttpServerRequest request, Shares arriving, String client) {
        this.request = request;
        this.arriving = arriving;
        this.client = client;
    }

    /** The whole body; fails as the answer to the client shall say. */
    Future<Buffer> received() {
        request.handler(this::add)
                .endHandler(end -> whole.tryComplete(received))
                .exceptionHandler(whole::tryFail);
        if (announced() > IdList.MAX_BYTES) {
            refuse(tooLarge());
        } else if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        return whole.future().onComplete(done -> arriving.giveBack(client, received.length()));
    }

    private void add(Buffer part) {
        if (received.length() + part.length() > IdList.MAX_BYTES) {
            refuse(tooLarge());
        } else if (!arriving.take(client, part.length())) {
            refuse(new OverloadedException("as much of lists is arriving as the server takes, or of one client"));
        } else {
            received.appendBuffer(part);
        }
    }

    private void refuse(RuntimeException failure) {
        // Closed when the client has sent all: before that, what is still on its way could destroy the answer.
        request.handler(null).endHandler(end -> request.connection().shutdown());
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        whole.tryFail(failure);
    }

    /** Netty has made sure that it is a number. */
    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    private static ClientErrorException tooLarge() {
        return new ClientErrorException(
                413, "expected at most " + IdList.MAX_BYTES + " bytes, a list of " + IdList.MAX_IDS + " ids");
    }
}
