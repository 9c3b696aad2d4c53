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
 * The body of a request with a list of ids. A body that is too large, or that exceeds a limit, is answered at once,
 * and the connection is closed after the answer. Used on one event loop.
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

    /** The complete body; fails with the answer for the client. */
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
            refuse(new OverloadedException("too many lists arriving, in total or for this client"));
        } else {
            received.appendBuffer(part);
        }
    }

    private void refuse(RuntimeException failure) {
        // Closed once the client has sent everything: earlier, data still under way would reset the connection and lose
        // the answer.
        request.handler(null).endHandler(end -> request.connection().shutdown());
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        whole.tryFail(failure);
    }

    /** Netty has checked that it is a number. */
    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    private static ClientErrorException tooLarge() {
        return new ClientErrorException(
                413, "expected at most " + IdList.MAX_BYTES + " bytes, a list of " + IdList.MAX_IDS + " ids");
    }
}
