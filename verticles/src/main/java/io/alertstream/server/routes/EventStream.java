package io.alertstream.server.routes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Server-sent events, the same to all who listen. Who doesn't read misses events, so that no more waits for it than its
 * write queue holds and one event, and is cut off by the limit of quiet connections. Used on one event loop.
 */
public final class EventStream {

    private static final CharSequence TYPE = HttpHeaders.createOptimized("text/event-stream");

    /** Browsers come again after so long. */
    private static final String RETRY = "retry: 3000\n\n";

    private final Set<HttpServerResponse> listeners = new HashSet<>();

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    public int size() {
        return listeners.size();
    }

    /**
     * Begins an answer that goes on until the client leaves, or {@link #close}.
     *
     * @param left called when the listener is gone, however that came
     */
    public void add(RoutingContext context, Runnable left) {
        HttpServerResponse response = head(context);
        listeners.add(response);
        context.addEndHandler(gone -> {
            listeners.remove(response);
            left.run();
        });
        response.setChunked(true).write(RETRY);
    }

    /** What stands before the events. */
    static HttpServerResponse head(RoutingContext context) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** One event to all. The text has no line breaks. */
    public void send(String data) {
        Buffer event = Buffer.buffer("data: " + data + "\n\n");
        for (HttpServerResponse listener : List.copyOf(listeners)) {
            if (!listener.writeQueueFull()) {
                listener.write(event);
            }
        }
    }

    /** Ends all answers. */
    void close() {
        List.copyOf(listeners).forEach(HttpServerResponse::end);
    }
}
