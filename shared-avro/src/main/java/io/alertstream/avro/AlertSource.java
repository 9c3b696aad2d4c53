package io.alertstream.avro;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;

/** A visit of alerts, to be read as often as wanted: a file or a made-up visit. */
public interface AlertSource {

    /** The schema that the alerts have by themselves. */
    Schema schema();

    /**
     * Looks at the whole source, without encoding anything. Whoever is about to replace an older visit by this one does
     * this first.
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
     * Starts a pass over the alerts. Whether they can be written in the target shows as they are pulled: pull the first
     * before anything is done that can't be undone.
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
