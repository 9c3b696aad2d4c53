package io.alertstream.server.limits;

import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;

/** Something of which there is only so much, places or bytes, and no client may hold more than a share. Used on one event loop. */
public final class Shares {

    private final Clients clients;
    private final long max;
    private final long maxOfOne;
    private final Map<String, Long> taken = new HashMap<>();
    private long all;

    /**
     * @param percent of {@code max} that one client may hold
     */
    public Shares(Clients clients, long max, int percent) {
        this.clients = clients;
        this.max = max;
        this.maxOfOne = Math.max(1, max * percent / 100);
    }

    /** Who asks, to be named when something is taken and given back. */
    public String client(HttpServerRequest request) {
        return clients.of(request);
    }

    /** Takes so much for a client; nothing, and answers false, if there isn't as much or the client has its share. */
    public boolean take(String client, long amount) {
        long before = taken.getOrDefault(client, 0L);
        // What is larger than a share goes when its client has nothing else: it would never go otherwise.
        boolean fits = (all + amount <= max || all == 0) && (before + amount <= maxOfOne || before == 0);
        if (fits) {
            taken.put(client, before + amount);
            all += amount;
        }
        return fits;
    }

    public void giveBack(String client, long amount) {
        all -= amount;
        taken.computeIfPresent(client, (key, before) -> before > amount ? before - amount : null);
    }

    /** By everybody together. */
    long taken() {
        return all;
    }

    boolean isFull() {
        return all >= max;
    }
}
