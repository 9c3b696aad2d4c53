package io.alertstream.server;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Answers that every route gives. */
final class Answers {

    /** What has an id never changes. */
    static final CharSequence IMMUTABLE = HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    static final CharSequence RETRY_SECONDS = HttpHeaders.createOptimized("5");

    private Answers() {}

    /** An error, {@code {"detail": "alert not found"}}. */
    static void error(HttpServerRequest request, int status, String detail) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        body(request, JSON, detail(detail).toBuffer());
    }

    /** The body of an error. */
    static JsonObject detail(String detail) {
        return new JsonObject().put("detail", detail);
    }

    /**
     * The response's body, for HEAD all but that.
     *
     * @return succeeds when it left, fails if the client went away
     */
    static Future<Void> body(HttpServerRequest request, CharSequence type, Buffer body) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        return HttpMethod.HEAD.equals(request.method()) ? response.end() : response.end(body);
    }
}
