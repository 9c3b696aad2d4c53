package io.alertstream.replayer;

/**
 * Spreads messages over partitions: a stretch of bytes to each in turn. Kafka's own partitioner fills batches as well but
 * picks partitions at random, so that some of a visit's partitions hold twice what others do; message by message in turn
 * is even but leaves as many half-filled batches as there are partitions.
 */
final class PartitionTurns {

    private final long stretchBytes;
    private int partition;
    private long bytes;

    PartitionTurns(long stretchBytes) {
        this.stretchBytes = stretchBytes;
    }

    /** The partition for the next message, of the given size. */
    int next(int partitions, int messageBytes) {
        if (bytes >= stretchBytes) {
            partition++;
            bytes = 0;
        }
        if (partition >= partitions) {
            partition = 0;
        }
        bytes += messageBytes;
        return partition;
    }
}
