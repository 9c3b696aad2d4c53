package io.alertstream.kafka;

/**
 * How far a reader is behind the end of its partitions.
 *
 * @param messages not yet read, over all its partitions
 * @param seconds since the oldest of its partitions' last messages was written, of those partitions that it is behind
 *     in; 0 where it is behind in none
 */
public record Lag(long messages, double seconds) {

    public static final Lag NONE = new Lag(0, 0);
}
