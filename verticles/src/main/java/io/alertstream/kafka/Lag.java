package io.alertstream.kafka;

/**
 * How far a reader is behind the end of its partitions.
 *
 * @param messages not yet read, over all its partitions
 * @param seconds since the last message that was read of a partition was written, the longest such time of those
 *     partitions that it is behind in; since the partition came to this reader if it has read none of it yet; 0 where it
 *     is behind in none
 */
public record Lag(long messages, double seconds) {

    public static final Lag NONE = new Lag(0, 0);
}
