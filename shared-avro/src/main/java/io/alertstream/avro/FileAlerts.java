package io.alertstream.avro;

import java.util.NoSuchElementException;
import org.apache.avro.Schema;

/** The alerts of a container in wire format. */
final class FileAlerts implements AlertStream {

    private final RawAlerts raw;
    private final int schemaId;
    private final AlertTranslator translator;
    private final Schema target;

    /** Whether {@link #raw} is at an alert that hasn't been returned yet; null if that isn't known. */
    private Boolean ready;

    /**
     * Starts at the first alert.
     *
     * @param translator null to leave the alerts unchanged
     */
    FileAlerts(RawAlerts raw, int schemaId, AlertTranslator translator, Schema target) {
        this.raw = raw;
        this.schemaId = schemaId;
        this.translator = translator;
        this.target = target;
    }

    @Override
    public boolean hasNext() {
        if (ready == null) {
            ready = raw.next();
        }
        return ready;
    }

    @Override
    public Alert next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more alerts");
        }
        ready = null;
        return new Alert(raw.id(), raw.mjdTai(), packet());
    }

    private byte[] packet() {
        if (translator == null) {
            return WireFormat.write(schemaId, raw.bytes(), raw.start(), raw.length());
        }
        try {
            return WireFormat.write(schemaId, translator.translate(raw.bytes(), raw.start(), raw.length()));
        } catch (NotAnAlertException e) {
            throw raw.broken(new NotAnAlertException("alert id %d can't be written in schema %s: %s"
                    .formatted(raw.id(), target.getFullName(), e.getMessage())));
        }
    }

    @Override
    public void close() {
        raw.close();
    }
}
