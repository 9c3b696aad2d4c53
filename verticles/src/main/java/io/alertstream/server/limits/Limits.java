package io.alertstream.server.limits;

import java.time.Duration;

/**
 * Limits on what clients can make the server hold and do.
 *
 * @param connections open at the same time; a further one is answered with 503 and closed
 * @param requestsPerSecond of one connection; faster requests wait
 * @param quiet how long a connection may go without a finished answer: idle connections, requests that trickle in,
 * and answers that the client doesn't read
 * @param fetches from the store at the same time; a further one is answered with 503
 * @param unsentBytes of answers that clients haven't read yet; a further answer becomes 503
 * @param undecodedBytes of stored alerts waiting to be decoded; a further one is answered with 503
 * @param alertCacheBytes of recently read alerts
 * @param schemaCacheBytes of recently read schemas
 * @param listeners to events at the same time; a further one is answered with 503
 */
public record Limits(
        int connections,
        int requestsPerSecond,
        Duration quiet,
        int fetches,
        long unsentBytes,
        long undecodedBytes,
        long alertCacheBytes,
        long schemaCacheBytes,
        int listeners) {

    public static final int REQUEST_LINE_BYTES = 4 << 10;
    public static final int HEADER_BYTES = 8 << 10;

    /** Lists of alerts being sent at the same time. Each holds a few packets until its client has read them. */
    public static final int LISTS = 32;

    /** Bytes of lists that are still arriving. */
    public static final long LIST_BYTES = 16 << 20;

    public static final Limits DEFAULT =
            new Limits(4_096, 2_000, Duration.ofMinutes(1), 512, 64 << 20, 16 << 20, 64 << 20, 16 << 20, 64);
}
