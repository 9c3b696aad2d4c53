package io.alertstream.avro;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Reads the id of an alert from its Avro binary. What stands before the id is skipped as the schema says, what comes
 * behind it isn't looked at. Stateless; made once for a schema, used for all of its alerts.
 */
public final class AlertIdReader {

    /** The name since v9 of the survey's schemas, and that of before. */
    private static final Set<String> NAMES = Set.of("diaSourceId", "alertId");

    private final FieldRoute route;

    private AlertIdReader(FieldRoute route) {
        this.route = route;
    }

    /**
     * A reader for a schema. If the top record has both a {@code diaSourceId} and an {@code alertId}, the first is the id.
     *
     * @param writer the schema that the alerts were written with
     * @throws NotAnAlertException if its top record has no such field, or not as a number
     */
    public static AlertIdReader of(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new NotAnAlertException("expected the schema of a record, got one of %s"
                    .formatted(writer.getType().getName()));
        }
        return writer.getFields().stream()
                .map(Schema.Field::name)
                .filter(NAMES::contains)
                .findFirst()
                .flatMap(name -> FieldRoute.to(writer, List.of(name), EnumSet.of(Schema.Type.LONG, Schema.Type.INT)))
                .map(AlertIdReader::new)
                .orElseThrow(() ->
                        new NotAnAlertException("expected a field diaSourceId or alertId in the record %s, which has %s"
                                .formatted(
                                        writer.getFullName(),
                                        writer.getFields().stream()
                                                .map(Schema.Field::name)
                                                .toList())));
    }

    /**
     * The id of an alert.
     *
     * @param offset where the Avro binary begins: {@link WireFormat#HEADER_BYTES} in a packet
     * @throws NotAnAlertException if the bytes up to the id aren't those of an alert in this reader's schema
     */
    public long read(byte[] packet, int offset) {
        if (offset > packet.length) {
            throw new NotAnAlertException(
                    "expected an alert at byte %d, but there are only %d".formatted(offset, packet.length));
        }
        return read(new AvroCursor(packet, offset, packet.length));
    }

    long read(AvroCursor in) {
        route.walk(in);
        return in.readLong();
    }
}
