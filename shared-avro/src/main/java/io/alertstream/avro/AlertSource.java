package io.alertstream.avro;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;

/** A visit of alerts that can be read any number of times: a file or a made-up visit. */
public interface AlertSource {

    /** The schema that the alerts are written in. */
    Schema schema();

    /**
     * Reads the whole source, without encoding anything. Call this before replacing an older visit with this one.
     *
     * @param cancelled polled on the calling thread
     * @throws AlertSourceException if anything in it is broken, or if it holds no alert
     * @throws CancellationException if it was cancelled before the end
     */
    Contents check(BooleanSupplier cancelled);

    /** The same, without cancellation. */
    default Contents check() {
        return check(() -> false);
    }

    /**
     * Starts a pass over the alerts. An alert that can't be written in the target schema fails only when it is pulled,
     * so pull the first one before doing anything that can't be undone.
     *
     * @param target the schema to write; alerts of another schema are translated field by field, by name
     * @param schemaId the id under which readers find the target, for the packets' headers
     * @throws AlertSourceException if the source can't be opened
     */
    AlertStream open(Schema target, int schemaId);

    /**
     * What a source holds.
     *
     * @param alerts number of alerts, at least 1
     * @param bytes size of all alerts in Avro binary under the source's own schema; an estimate if the exact size would
     *     mean generating them. For progress and planning only
     * @param firstMjdTai the earliest {@link Alert#mjdTai}
     * @param lastMjdTai the latest
     */
    record Contents(long alerts, long bytes, double firstMjdTai, double lastMjdTai) {}
}
