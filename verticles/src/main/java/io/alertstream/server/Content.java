package io.alertstream.server;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Bytes to answer with, and their tag. */
record Content(Buffer bytes, EntityTag tag) {

    static Content of(byte[] bytes) {
        return new Content(Buffer.buffer(bytes), EntityTag.of(bytes));
    }

    /** Bytes made in a format: their tag is no other format's. */
    static Content of(byte[] bytes, String format) {
        return new Content(Buffer.buffer(bytes), EntityTag.of(bytes).of(format));
    }

    /** Answers 304 to a client that has it already, 200 and the bytes to others. */
    Future<Void> sendTo(HttpServerRequest request, CharSequence type) {
        request.response().putHeader(HttpHeaders.ETAG, tag.text());
        return tag.isWanted(request)
                ? Answers.body(request, type, bytes)
                : request.response().setStatusCode(304).end();
    }
}
