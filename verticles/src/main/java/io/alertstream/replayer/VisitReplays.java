package io.alertstream.replayer;

import io.alertstream.kafka.MessageProducer;

/**
 * Creates the replay of each visit; only the turn among the replay topic's partitions carries over from one to the
 * next.
 */
final class VisitReplays {

    private static final long READ_AHEAD_BYTES = 32 << 20;
    private static final long STRETCH_BYTES = 1 << 20;

    private final String replayTopic;
    private final Timers timers;
    private final MessageProducer producer;
    private final Preparations preparations;
    private final Stragglers stragglers;
    private final ReplayerMeters meters;
    private final PartitionTurns turns = new PartitionTurns(STRETCH_BYTES);

    VisitReplays(
            String replayTopic,
            Timers timers,
            MessageProducer producer,
            Preparations preparations,
            Stragglers stragglers,
            ReplayerMeters meters) {
        this.replayTopic = replayTopic;
        this.timers = timers;
        this.producer = producer;
        this.preparations = preparations;
        this.stragglers = stragglers;
        this.meters = meters;
    }

    /** The replay of a visit, whose first alert is due at the given time. */
    VisitReplay of(Look.Visit visit, long startNanos) {
        ReplayTarget target = new ReplayTarget(replayTopic, visit.partitions(), turns);
        Preparation preparation = preparations.next(visit.visit().alerts(), startNanos);
        return new VisitReplay(timers, producer, preparation, stragglers, target, meters, startNanos, READ_AHEAD_BYTES);
    }
}
