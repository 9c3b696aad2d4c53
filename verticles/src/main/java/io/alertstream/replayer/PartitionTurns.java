package io.alertstream.replayer;

/**
 * Spreads messages over partitions: a run of bytes to each in turn. Kafka's own partitioner also fills its batches, but
 * picks partitions at random, so some of them get twice as much of a visit as others. Round robin by message would be
 * even, but would leave a half-filled batch for every partition.
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
