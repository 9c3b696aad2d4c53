package io.alertstream.server.limits;

import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;

/** A limited resource, places or bytes, of which one client may hold only a share. Used on one event loop. */
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

    /** The client of a request: the key for taking and giving back. */
    public String client(HttpServerRequest request) {
        return clients.of(request);
    }

    /** Takes an amount for a client; false, and nothing is taken, if too little is left or the client has its share. */
    public boolean take(String client, long amount) {
        long before = taken.getOrDefault(client, 0L);
        // An amount larger than a share is allowed for a client that holds nothing else; otherwise it would never be
        // allowed.
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

    /** The amount held by all clients together. */
    long taken() {
        return all;
    }

    boolean isFull() {
        return all >= max;
    }
}
