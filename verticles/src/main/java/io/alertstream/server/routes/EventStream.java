package io.alertstream.server.routes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Server-sent events, the same for every listener. A listener that doesn't read misses events, so that at most its
 * write queue and one event are held for it; the write-idle limit then closes its connection. Used on one event loop.
 */
public final class EventStream {

    private static final CharSequence TYPE = HttpHeaders.createOptimized("text/event-stream");

    /** How long browsers wait before they reconnect. */
    private static final String RETRY = "retry: 3000\n\n";

    private final Set<HttpServerResponse> listeners = new HashSet<>();

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    public int size() {
        return listeners.size();
    }

    /**
     * Begins an answer that lasts until the client leaves, or until {@link #close}.
     *
     * @param left called when the listener has gone, for whatever reason
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

    /** Sets the headers. */
    static HttpServerResponse head(RoutingContext context) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Sends one event to every listener. The text must have no line breaks. */
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
