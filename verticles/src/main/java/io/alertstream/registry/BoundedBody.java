package io.alertstream.registry;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;

/** Collects a response body up to a number of bytes, and fails as soon as it is longer. */
final class BoundedBody implements BodyCodec<Buffer> {

    /** The body is too long. */
    static final class TooLongException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooLongException(int maxBytes) {
            super("an answer of more than " + maxBytes + " bytes");
        }
    }

    private final int maxBytes;

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public BodyStream<Buffer> stream() {
        return new Collector(maxBytes);
    }

    private static final class Collector implements BodyStream<Buffer> {

        private final int maxBytes;
        private final Buffer collected = Buffer.buffer();
        private final Promise<Buffer> result = Promise.promise();

        Collector(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public Future<Void> write(Buffer data) {
            if (data.length() > maxBytes - collected.length()) {
                TooLongException tooLong = new TooLongException(maxBytes);
                result.tryFail(tooLong);
                return Future.failedFuture(tooLong);
            }
            collected.appendBuffer(data);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            result.tryComplete(collected);
            return Future.succeededFuture();
        }

        @Override
        public void handle(Throwable cause) {
            result.tryFail(cause);
        }

        @Override
        public Future<Buffer> result() {
            return result.future();
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            return this;
        }
    }
}
