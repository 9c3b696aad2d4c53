package io.alertstream.avro;

import org.apache.avro.Schema;

/** A stream's alerts, translated to another schema. */
public final class TranslatedAlerts implements AlertStream {

    private final AlertStream alerts;
    private final AlertTranslator translator;
    private final Schema target;
    private final int schemaId;

    /**
     * Translates field by field, by name.
     *
     * @param source the schema of the stream's alerts
     * @param target the schema to write
     * @param schemaId the target's, for the packets' headers
     */
    public TranslatedAlerts(AlertStream alerts, Schema source, Schema target, int schemaId) {
        this.alerts = alerts;
        this.translator = new AlertTranslator(source, target);
        this.target = target;
        this.schemaId = schemaId;
    }

    @Override
    public boolean hasNext() {
        return alerts.hasNext();
    }

    @Override
    public Alert next() {
        Alert alert = alerts.next();
        byte[] packet = alert.packet();
        try {
            int length = packet.length - WireFormat.HEADER_BYTES;
            byte[] avro = translator.translate(packet, WireFormat.HEADER_BYTES, length);
            return new Alert(alert.id(), alert.mjdTai(), WireFormat.write(schemaId, avro));
        } catch (NotAnAlertException e) {
            throw new AlertSourceException(
                    "alert id %d can't be written in schema %s: %s"
                            .formatted(alert.id(), target.getFullName(), e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        alerts.close();
    }
}
