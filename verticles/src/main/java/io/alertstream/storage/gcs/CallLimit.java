package io.alertstream.storage.gcs;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;

/**
 * Bounds the time of a request, up to its answer's last byte: after it, the connection is shut down. The library itself
 * bounds only how long an answer may make no progress, and nothing while a request is sent.
 */
final class CallLimit extends HttpRequestExecutor {

    private static final String ATTRIBUTE = CallLimit.class.getName();

    private final Duration limit;

    CallLimit(Duration limit) {
        this.limit = limit;
    }

    /** A request that has begun. */
    static final class Call {

        private final Duration limit;
        private final CompletableFuture<Void> end;

        private Call(Duration limit, HttpClientConnection connection) {
            this.limit = limit;
            this.end = new CompletableFuture<Void>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
            // Not on the JVM's one timer thread: closing may block. A connection that has been given back stays open.
            end.exceptionally(timeout -> {
                ForkJoinPool.commonPool().execute(() -> shutDown(connection));
                return null;
            });
        }

        private static void shutDown(HttpClientConnection connection) {
            try {
                connection.shutdown();
            } catch (IOException e) {
                // It is closed either way.
            }
        }

        /** The answer has been read. */
        void end() {
            end.complete(null);
        }

        /** The failure of this call, which is the limit's if that has passed. */
        IOException explained(IOException failure) {
            if (!end.isCompletedExceptionally()) {
                return failure;
            }
            IOException late = new SocketTimeoutException("no whole answer within " + limit.toMillis() + " ms");
            late.initCause(failure);
            return late;
        }
    }

    /** The call whose answer is being processed. */
    static Call of(HttpContext context) {
        return (Call) context.getAttribute(ATTRIBUTE);
    }

    @Override
    public HttpResponse execute(HttpRequest request, HttpClientConnection connection, HttpContext context)
            throws IOException, HttpException {
        Call call = new Call(limit, connection);
        context.setAttribute(ATTRIBUTE, call);
        try {
            return super.execute(request, connection, context);
        } catch (IOException e) {
            throw call.explained(e);
        }
    }
}
