package io.alertstream.avro;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;

/** A visit of alerts that can be read any number of times: a file or a made-up visit. */
public interface AlertSource {

    /** The schema that the alerts are written in. */
    Schema schema();

    /**
     * Reads the whole source, without encoding anything. Do this before an older visit is replaced by this one.
     *
     * @param cancelled asked again and again, on the calling thread
     * @throws AlertSourceException if anything in it is broken, or if it holds no alert
     * @throws CancellationException if it was cancelled before its end
     */
    Contents check(BooleanSupplier cancelled);

    /** The same, to the end. */
    default Contents check() {
        return check(() -> false);
    }

    /**
     * Starts a pass over the alerts. An alert that can't be written in the target fails when it is pulled: pull the first
     * one before doing anything that can't be undone.
     *
     * @param target the schema to write: alerts that have another are translated, field by field, by name
     * @param schemaId the id under which readers find the target, for the packets' headers
     * @throws AlertSourceException if the source can't be opened
     */
    AlertStream open(Schema target, int schemaId);

    /**
     * What a source holds.
     *
     * @param alerts how many, at least 1
     * @param bytes size of all alerts in Avro binary under the source's own schema; an estimate where knowing would mean
     *     making them. For progress and planning only
     * @param firstMjdTai the earliest {@link Alert#mjdTai}
     * @param lastMjdTai the latest
     */
    record Contents(long alerts, long bytes, double firstMjdTai, double lastMjdTai) {}
}
