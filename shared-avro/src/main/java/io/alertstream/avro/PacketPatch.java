package io.alertstream.avro;

import io.alertstream.avro.PatchablePacket.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Finds the fields of an alert that belong to its own visit: ids, visit and times, in the record itself, in {@code
 * diaSource}, and where {@code diaObject} and {@code ssSource} repeat them. Other fields are skipped, not decoded, and
 * reading stops after the last one found. The histories ({@code prvDiaSources}, {@code prvDiaForcedSources}) belong to
 * older visits and stay unchanged. So do the cutouts: their FITS headers hold neither ids nor times.
 *
 * <p>Create one per schema; thread-safe.
 */
public final class PacketPatch {

    private static final Set<String> ALERT_ID = Set.of("diaSourceId", "alertId");
    private static final Map<String, Map<String, Kind>> RECORDS = Map.of(
            "diaSource",
            Map.of(
                    "diaSourceId", Kind.SOURCE_ID,
                    "diaObjectId", Kind.OBJECT_ID,
                    "visit", Kind.VISIT,
                    "detector", Kind.DETECTOR,
                    "midpointMjdTai", Kind.MIDPOINT,
                    "midPointTai", Kind.MIDPOINT,
                    "timeProcessedMjdTai", Kind.PROCESSED),
            "diaObject",
            Map.of(
                    "diaObjectId", Kind.OBJECT_ID,
                    "validityStartMjdTai", Kind.FOLLOWING,
                    "firstDiaSourceMjdTai", Kind.MIDPOINT_AGAIN,
                    "lastDiaSourceMjdTai", Kind.MIDPOINT_AGAIN),
            "ssSource",
            Map.of("diaSourceId", Kind.SOURCE_ID));

    /** Moves the cursor past a value and records the fields found in it. */
    @FunctionalInterface
    private interface Step {
        void walk(AvroCursor in, PatchablePacket found);
    }

    private final List<Step> steps;

    private PacketPatch(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * A patch for a schema.
     *
     * @param writer the schema that the packets were written with
     * @throws NotAnAlertException if it has no alert id of type long
     */
    public static PacketPatch of(Schema writer) {
        AlertIdReader.of(writer);
        List<Step> steps = new ArrayList<>();
        int lastWanted = 0;
        boolean idFound = false;
        for (Schema.Field field : writer.getFields()) {
            boolean isId = !idFound && ALERT_ID.contains(field.name());
            Optional<Step> wanted = isId ? mark(field.schema(), Kind.ALERT_ID) : nested(field);
            idFound |= isId;
            steps.add(wanted.orElseGet(() -> skip(field.schema())));
            lastWanted = wanted.isPresent() ? steps.size() : lastWanted;
            if (isId && wanted.isEmpty()) {
                throw new NotAnAlertException("expected the field %s of %s to be of type long, it is %s"
                        .formatted(field.name(), writer.getFullName(), field.schema()));
            }
        }
        return new PacketPatch(List.copyOf(steps.subList(0, lastWanted)));
    }

    private static Step skip(Schema schema) {
        Skip skip = Skip.of(schema);
        return (in, found) -> skip.over(in);
    }

    private static Optional<Step> nested(Schema.Field field) {
        Map<String, Kind> kinds = RECORDS.get(field.name());
        return kinds == null
                ? Optional.empty()
                : branch(field.schema(), Schema.Type.RECORD, record -> record(record, kinds));
    }

    private static Step record(Schema record, Map<String, Kind> kinds) {
        List<Step> steps = new ArrayList<>();
        List<Schema> unwanted = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            Kind kind = kinds.get(field.name());
            Optional<Step> mark = kind == null ? Optional.empty() : mark(field.schema(), kind);
            if (mark.isEmpty()) {
                unwanted.add(field.schema());
            } else {
                steps.add(skipAll(unwanted));
                steps.add(mark.get());
                unwanted.clear();
            }
        }
        steps.add(skipAll(unwanted));
        return (in, found) -> {
            for (Step step : steps) {
                step.walk(in, found);
            }
        };
    }

    private static Step skipAll(List<Schema> schemas) {
        Skip skip = Skip.all(List.copyOf(schemas));
        return (in, found) -> skip.over(in);
    }

    /** A field whose type doesn't match its name is something else, and is left alone. */
    private static Optional<Step> mark(Schema schema, Kind kind) {
        return branch(schema, kind.type(), value -> (in, found) -> found.mark(kind, in));
    }

    /** The step over a value of the type, which may be one branch of a union; empty if it can't be of that type. */
    private static Optional<Step> branch(Schema schema, Schema.Type type, Function<Schema, Step> wanted) {
        if (schema.getType() == type) {
            return Optional.of(wanted.apply(schema));
        }
        if (!schema.isUnion() || schema.getTypes().stream().noneMatch(branch -> branch.getType() == type)) {
            return Optional.empty();
        }
        List<Step> branches = schema.getTypes().stream()
                .map(branch -> branch.getType() == type ? wanted.apply(branch) : skip(branch))
                .toList();
        return Optional.of(
                (in, found) -> branches.get(in.readIndex(branches.size())).walk(in, found));
    }

    /**
     * Searches a packet.
     *
     * @throws NotAnAlertException if the part that is read isn't an alert of the schema
     */
    public PatchablePacket find(byte[] packet) {
        PatchablePacket found = new PatchablePacket(packet);
        AvroCursor in = new AvroCursor(packet, Math.min(packet.length, WireFormat.HEADER_BYTES), packet.length);
        for (Step step : steps) {
            step.walk(in, found);
        }
        if (!found.has(Kind.ALERT_ID)) {
            throw new NotAnAlertException("expected an alert with an id, got one whose id is null");
        }
        return found;
    }
}
