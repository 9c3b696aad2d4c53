package io.alertstream.bus;

import io.alertstream.settings.LiveSettings;
import java.time.Duration;

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
     * How far the ingester is: totals since it began, at most once a second.
     *
     * @param alerts stored for the first time
     * @param bytes of those alerts, as they travelled in Kafka
     * @param duplicates that were in the archive already
     * @param deadLetters set aside in the dead-letter topic, each time that they came
     * @param lastAlertId the latest alert that is in the archive for sure
     */
    record AlertsArchived(long alerts, long bytes, long duplicates, long deadLetters, long lastAlertId)
            implements Fact {}

    /** The ingester stored a schema document. */
    record SchemaArchived(int schemaId) implements Fact {}

    /** The ConfigMap changed, and what it holds is valid. */
    record LiveSettingsChanged(LiveSettings settings) implements Fact {}
}
