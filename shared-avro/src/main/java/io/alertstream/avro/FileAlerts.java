package io.alertstream.avro;

import java.util.NoSuchElementException;
import org.apache.avro.Schema;

/** The alerts of a container in wire format. */
final class FileAlerts implements AlertStream {

    private final RawAlerts raw;
    private final int schemaId;
    private final AlertTranslator translator;
    private final Schema target;

    /** Whether {@link #raw} is at an alert that hasn't been returned yet; null before it has been asked. */
    private Boolean ready;

    /**
     * Alerts from the first on.
     *
     * @param translator null if the alerts are to stay as they are
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
