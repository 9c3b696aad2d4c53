package io.alertstream.bus;

import io.alertstream.settings.LiveSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one part of the system tells the others on the event bus: something that has happened. Delivery is
 * best-effort, so nothing may depend on a fact for correctness: packets and offsets never travel here.
 */
public sealed interface Fact {

    /** The loader filled the static topic with a whole visit. */
    record VisitLoaded(String topic, long alerts, long bytes, Duration took) implements Fact {}

    /**
     * The replayer copied a whole visit.
     *
     * @param late how long after its scheduled time the visit began
     */
    record VisitReplayed(String topic, long visit, long alerts, long bytes, Duration took, Duration late)
            implements Fact {}

    /**
     * The replayer has another plan than before.
     *
     * @param startsIn from now to the next visit's start; empty while there is nothing to replay
     * @param paused whether it starts no visit until it is resumed
     */
    record VisitPlanned(String topic, Optional<Duration> startsIn, boolean paused) implements Fact {}

    /**
     * How far the ingester is: totals since it began, at most once a second.
     *
     * @param alerts stored for the first time
     * @param bytes of those alerts, as they travelled in Kafka
     * @param duplicates that were in the archive already
     * @param deadLetters set aside in the dead-letter topic, each time that they came
     * @param latestIds alerts that are in the archive for sure, the latest first: a few, and none twice
     */
    record AlertsArchived(long alerts, long bytes, long duplicates, long deadLetters, List<Long> latestIds)
            implements Fact {

        public AlertsArchived {
            latestIds = List.copyOf(latestIds);
        }

        /** All that the ingester is done with. */
        public long through() {
            return alerts + duplicates + deadLetters;
        }
    }

    /** The ingester stored a schema document. */
    record SchemaArchived(int schemaId) implements Fact {}

    /**
     * Where users reach the whole system that runs in this process.
     *
     * @param kafka host and port of the listener for the user {@code user}, with SCRAM-SHA-512
     * @param topic that the user may read, in groups whose names begin with {@code user}
     * @param registry address of the schema registry
     */
    record SystemReachable(String kafka, String user, String password, String topic, String registry) implements Fact {}

    /** The ConfigMap changed, and what it holds is valid. */
    record LiveSettingsChanged(LiveSettings settings) implements Fact {}
}
