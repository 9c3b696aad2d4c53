package io.alertstream.replayer;

/** The replay topic, and the partition that gets the next message. */
final class ReplayTarget {

    private final String topic;
    private final int partitions;
    private final PartitionTurns turns;

    ReplayTarget(String topic, int partitions, PartitionTurns turns) {
        this.topic = topic;
        this.partitions = partitions;
        this.turns = turns;
    }

    String topic() {
        return topic;
    }

    int partitionFor(int messageBytes) {
        return turns.next(partitions, messageBytes);
    }
}
