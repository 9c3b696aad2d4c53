package io.alertstream.server.protocol;

import io.alertstream.archive.GzipCodec;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Content in its plain and its gzipped form, each with a tag of its own. The arrays are shared and must not be
 * changed.
 *
 * @param tag of the plain bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record StaticContent(byte[] plain, byte[] gzip, EntityTag tag) {

    private static final CharSequence VARY = HttpHeaders.createOptimized("accept-encoding");

    /** Compresses the bytes, which takes CPU. */
    public static StaticContent of(byte[] bytes) {
        return new StaticContent(bytes, GzipCodec.fastest().gzip(bytes), EntityTag.of(bytes));
    }

    /** Its size in memory, in bytes. */
    public int length() {
        return plain.length + gzip.length;
    }

    /** Answers with 304 if the client has this content, else with 200 and the content. */
    public Future<Void> sendTo(HttpServerRequest request, CharSequence type) {
        boolean zip = AcceptEncoding.gzip(request);
        EntityTag own = zip ? tag.of("gzip") : tag;
        request.response().putHeader(HttpHeaders.ETAG, own.text()).putHeader(HttpHeaders.VARY, VARY);
        if (!own.isWanted(request)) {
            return request.response().setStatusCode(304).end();
        }
        return zip ? Answers.gzip(request, type, gzip) : Answers.body(request, type, plain);
    }
}
