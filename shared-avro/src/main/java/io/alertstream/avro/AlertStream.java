package io.alertstream.avro;

import java.util.Iterator;

/**
 * Alerts in the order of their source, made as they are pulled. For one thread at a time, which it blocks; the memory it
 * needs doesn't grow with the number of alerts.
 *
 * <p>{@link #hasNext} and {@link #next} throw {@link AlertSourceException} where the source is broken or an alert can't
 * be written in the schema asked for; after that the stream can only be closed.
 */
public interface AlertStream extends Iterator<Alert>, AutoCloseable {

    /** Releases the stream's resources. Never fails, and may be called twice. */
    @Override
    void close();
}
