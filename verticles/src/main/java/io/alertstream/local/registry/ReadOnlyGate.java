package io.alertstream.local.registry;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Passes on GET and HEAD, and responds with 405 to everything else, whatever the path. */
final class ReadOnlyGate implements Handler<HttpServerRequest> {

    private final Handler<HttpServerRequest> inside;

    ReadOnlyGate(Handler<HttpServerRequest> inside) {
        this.inside = inside;
    }

    @Override
    public void handle(HttpServerRequest request) {
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            inside.handle(request);
            return;
        }
        // The body isn't read, so the connection can't be reused.
        request.response()
                .setStatusCode(405)
                .putHeader(HttpHeaders.ALLOW, "GET, HEAD")
                .putHeader(HttpHeaders.CONTENT_TYPE, Exchange.JSON_V1)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(ApiError.http(405, "HTTP 405 Method Not Allowed: this address is read-only")
                        .toJson()
                        .toBuffer());
    }
}
