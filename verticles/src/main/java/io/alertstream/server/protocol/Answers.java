package io.alertstream.server.protocol;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonObject;

/** Responses common to all routes. */
public final class Answers {

    /** For content under an id, which never changes. */
    public static final CharSequence IMMUTABLE = HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    public static final CharSequence RETRY_SECONDS = HttpHeaders.createOptimized("5");

    /** The file name for an answer: RFC 6266. */
    public static final CharSequence CONTENT_DISPOSITION = HttpHeaders.createOptimized("Content-Disposition");

    private Answers() {}

    /** Answers with an error, {@code {"detail": "alert not found"}}. */
    public static void error(HttpServerRequest request, int status, String detail) {
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

    /** Same as {@link #body} for gzipped bytes. */
    public static Future<Void> gzip(HttpServerRequest request, CharSequence type, byte[] gzip) {
        request.response().putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
        return body(request, type, gzip);
    }

    /** Same as {@link #body} for an array, which must not be modified afterwards: it is sent without a copy. */
    public static Future<Void> body(HttpServerRequest request, CharSequence type, byte[] body) {
        return body(request, type, BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
    }

    /**
     * Sends the body; to HEAD everything but the body.
     *
     * @return succeeds when it has been sent, fails if the client closed the connection
     */
    public static Future<Void> body(HttpServerRequest request, CharSequence type, Buffer body) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        return HttpMethod.HEAD.equals(request.method()) ? response.end() : response.end(body);
    }
}
