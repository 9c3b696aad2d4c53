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
 * The connections of clients: how many there are, how many of them one client has, and how fast each one asks. A request
 * that comes too early waits, and so does whatever its client sent after it, since the server reads no further than one
 * request ahead. A connection above a limit is answered 503 and closed. Used on one event loop.
 */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Connections above the limit that are being told so; one more is closed without an answer. */
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

    /** Takes a new connection, or turns it away. */
    public void accept(HttpConnection connection, SyntaxGate gate) {
        if (paces.size() >= max) {
            turnAway(connection, gate, "the server has as many connections as it takes");
            return;
        }
        Optional<String> client = clients.of(connection);
        if (client.isPresent() && !shares.take(client.get(), 1)) {
            turnAway(connection, gate, "this client has as many connections as the server takes of one");
            return;
        }
        paces.put(connection, new Pace(System.nanoTime()));
        connection.closeHandler(closed -> {
            paces.remove(connection);
            client.ifPresent(one -> shares.giveBack(one, 1));
        });
    }

    /** A refusal holds its connection for a moment, so there is only so much room for these too. */
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

    /** Hands the request on when its turn has come and the answer before it has left. */
    public void admit(HttpServerRequest request, Handler<HttpServerRequest> handler) {
        Pace pace = paces.get(request.connection());
        if (pace == null) {
            return; // Closed meanwhile.
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(pace.delay(System.nanoTime()));
        if (millis > 0) {
            request.pause(); // Else what its body brings before its turn would be gone.
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

    /** Lets a second's worth of requests through at once, and then one after the other. */
    private final class Pace {

        private long next;

        Pace(long now) {
            next = now - SECOND;
        }

        /** Nanoseconds from now to the request's turn. */
        long delay(long now) {
            next = Math.max(next, now - SECOND) + nanosPerRequest;
            return Math.max(0, next - now);
        }
    }
}
