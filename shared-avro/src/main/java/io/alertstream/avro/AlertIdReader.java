package io.alertstream.avro;

import io.alertstream.avro.profile.AlertProfile;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Reads the id of an alert from its Avro binary. Fields before the id are skipped, those after it aren't read.
 * Stateless; create one per schema.
 */
public final class AlertIdReader {

    private final FieldRoute route;

    private AlertIdReader(FieldRoute route) {
        this.route = route;
    }

    /** A reader for one of the survey's own schemas. */
    public static AlertIdReader of(Schema writer) {
        return of(writer, AlertProfile.lsst());
    }

    /**
     * A reader for a schema. If the top record has several of the id fields that the profile names, the first one in
     * the record is the id.
     *
     * @param writer the schema that the alerts were written with
     * @throws NotAnAlertException if it has no such field, or the field isn't a number
     */
    public static AlertIdReader of(Schema writer, AlertProfile profile) {
        return new AlertIdReader(route(writer, profile, EnumSet.of(Schema.Type.LONG, Schema.Type.INT)));
    }

    /** The path to the id, which must be of one of the types. */
    static FieldRoute route(Schema writer, AlertProfile profile, Set<Schema.Type> types) {
        return FieldRoute.to(writer, path(writer, profile), types).orElseThrow(() -> noId(writer, profile));
    }

    /** The names on the path to the id: those that the profile has for this schema. */
    static List<String> path(Schema writer, AlertProfile profile) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new NotAnAlertException("expected the schema of a record, got one of %s"
                    .formatted(writer.getType().getName()));
        }
        return profile.id().stream()
                .map(name -> List.of(name.split("\\.")))
                .filter(path -> writer.getField(path.get(0)) != null)
                .min(Comparator.comparingInt(
                        path -> writer.getField(path.get(0)).pos()))
                .orElseThrow(() -> noId(writer, profile));
    }

    private static NotAnAlertException noId(Schema writer, AlertProfile profile) {
        return new NotAnAlertException(
                "expected a field %s in the record %s, which has %s; ALERT_ID_FIELD names another field"
                        .formatted(
                                String.join(" or ", profile.id()),
                                writer.getFullName(),
                                writer.getFields().stream()
                                        .map(Schema.Field::name)
                                        .toList()));
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
