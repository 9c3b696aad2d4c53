package io.alertstream.server.limits;

import io.alertstream.http.SyntaxGate;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits connections in total, connections of one client, and the request rate of each connection. A request above
 * the rate waits, and so does what its client sends after it, since the server reads at most one request ahead. A
 * connection above a limit is answered with 503 and closed. Used on one event loop.
 */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Connections being turned away at the same time; a further one is closed without an answer. */
    private static final int MAX_LEAVING = 64;

    private final Vertx vertx;
    private final int max;
    private final Clients clients;
    private final Shares shares;
    private final long nanosPerRequest;
    private final Map<HttpConnection, Pace> paces = new HashMap<>();
    private int leaving;

    public Connections(Vertx vertx, Limits limits, Clients clients, Shares shares) {
        this.vertx = vertx;
        this.clients = clients;
        this.shares = shares;
        this.max = limits.connections();
        this.nanosPerRequest = SECOND / limits.requestsPerSecond();
    }

    /** Accepts a new connection, or turns it away. */
    public void accept(HttpConnection connection, SyntaxGate gate) {
        if (paces.size() >= max) {
            turnAway(connection, gate, "the server has reached its limit of connections");
            return;
        }
        Optional<String> client = clients.of(connection);
        if (client.isPresent() && !shares.take(client.get(), 1)) {
            turnAway(connection, gate, "this client has reached its share of connections");
            return;
        }
        paces.put(connection, new Pace(System.nanoTime()));
        connection.closeHandler(closed -> {
            paces.remove(connection);
            client.ifPresent(one -> shares.giveBack(one, 1));
        });
    }

    /** A refused connection stays open for a moment, so their number is limited too. */
    private void turnAway(HttpConnection connection, SyntaxGate gate, String why) {
        LOG.atDebug().log("connection refused: {}", why);
        if (leaving >= MAX_LEAVING) {
            connection.close();
            return;
        }
        leaving++;
        connection.closeHandler(closed -> leaving--);
        gate.turnAway(connection, 503, why + ": close some, or try again");
    }

    public int count() {
        return paces.size();
    }

    /** Passes a request on when the rate allows it and the previous answer has been sent. */
    public void admit(HttpServerRequest request, Handler<HttpServerRequest> handler) {
        Pace pace = paces.get(request.connection());
        if (pace == null) {
            return; // The connection was closed meanwhile.
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(pace.delay(System.nanoTime()));
        if (millis > 0) {
            request.pause(); // Body data that arrives before its turn would be lost.
            vertx.setTimer(millis, turn -> whenSent(request, handler));
        } else {
            whenSent(request, handler);
        }
    }

    private static void whenSent(HttpServerRequest request, Handler<HttpServerRequest> handler) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> {
                response.drainHandler(null);
                handle(request, handler);
            });
            request.pause();
        } else {
            handle(request, handler);
        }
    }

    private static void handle(HttpServerRequest request, Handler<HttpServerRequest> handler) {
        handler.handle(request);
        request.resume();
    }

    /** A token bucket with one second's worth of requests. */
    private final class Pace {

        private long next;

        Pace(long now) {
            next = now - SECOND;
        }

        /** Nanoseconds until the request may be handled. */
        long delay(long now) {
            next = Math.max(next, now - SECOND) + nanosPerRequest;
            return Math.max(0, next - now);
        }
    }
}
