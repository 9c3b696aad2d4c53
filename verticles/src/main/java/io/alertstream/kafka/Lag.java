package io.alertstream.kafka;

/**
 * A reader's lag.
 *
 * @param messages not yet read, over all its partitions
 * @param seconds age of the last message read, or time since the assignment if none was read; the maximum over
 *     the partitions that have unread messages, 0 if none has
 */
public record Lag(long messages, double seconds) {

    public static final Lag NONE = new Lag(0, 0);
}
