package io.alertstream.server.limits;

import java.time.Duration;

/**
 * What clients can make the server hold and do.
 *
 * @param connections open at a time; one more is answered 503 and closed
 * @param requestsPerSecond of one connection; what comes faster waits
 * @param quiet how long a connection lives on which no answer could be finished, whoever is slow: idle ones, requests
 *     that come in drops and answers that nobody reads
 * @param fetches from the store at a time; one more is answered 503
 * @param unsentBytes of answers that clients haven't taken yet; one more is answered 503
 * @param undecodedBytes of stored alerts that wait to be decoded; one more is answered 503
 * @param alertCacheBytes of alerts read lately
 * @param schemaCacheBytes of schemas
 * @param listeners to events at a time; one more is answered 503
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

    /** Lists of alerts being sent at a time. Each holds a few packets in memory for as long as its client takes to read. */
    public static final int LISTS = 32;

    /** Bytes of lists that haven't arrived whole. */
    public static final long LIST_BYTES = 16 << 20;

    public static final Limits DEFAULT =
            new Limits(4_096, 2_000, Duration.ofMinutes(1), 512, 64 << 20, 16 << 20, 64 << 20, 16 << 20, 64);
}
