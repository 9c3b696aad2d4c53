package io.alertstream.bus;

import io.alertstream.settings.LiveSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that has happened, published on the event bus. Delivery is best-effort, so nothing may depend on a fact for
 * correctness: packets and offsets never travel here.
 */
public sealed interface Fact {

    /**
     * The loader filled the static topic with a whole visit, or a whole night of them.
     *
     * @param largestVisitBytes of the bytes, those of the largest visit
     */
    record VisitLoaded(String topic, long alerts, long bytes, long largestVisitBytes, Duration took) implements Fact {

        /** A single visit. */
        public VisitLoaded(String topic, long alerts, long bytes, Duration took) {
            this(topic, alerts, bytes, bytes, took);
        }
    }

    /**
     * The replayer copied a whole visit.
     *
     * @param late how long after its scheduled time the visit began
     */
    record VisitReplayed(String topic, long visit, long alerts, long bytes, Duration took, Duration late)
            implements Fact {}

    /**
     * The replayer's plan changed.
     *
     * @param startsIn time until the next visit starts; empty while there is nothing to replay
     * @param paused whether no visit starts until replay is resumed
     */
    record VisitPlanned(String topic, Optional<Duration> startsIn, boolean paused) implements Fact {}

    /**
     * The ingester's progress: totals since it started, at most once a second.
     *
     * @param alerts stored for the first time
     * @param bytes of those alerts, as sent through Kafka
     * @param duplicates alerts that were in the archive already
     * @param deadLetters messages set aside in the dead-letter topic, counted each time they are delivered
     * @param latestIds a few distinct alerts that are certainly in the archive, the latest first
     */
    record AlertsArchived(long alerts, long bytes, long duplicates, long deadLetters, List<Long> latestIds)
            implements Fact {

        public AlertsArchived {
            latestIds = List.copyOf(latestIds);
        }

        /** All messages that the ingester has finished. */
        public long through() {
            return alerts + duplicates + deadLetters;
        }
    }

    /**
     * Where users reach the local system.
     *
     * @param kafka host and port of the listener for the user {@code user}, with SCRAM-SHA-512
     * @param topic that the user may read, in consumer groups whose names begin with {@code user}
     * @param registry address of the schema registry
     */
    record SystemReachable(String kafka, String user, String password, String topic, String registry) implements Fact {}

    /** The ConfigMap changed, and what it holds is valid. */
    record LiveSettingsChanged(LiveSettings settings) implements Fact {}
}
