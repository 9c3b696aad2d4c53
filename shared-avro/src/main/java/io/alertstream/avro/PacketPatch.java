package io.alertstream.avro;

import io.alertstream.avro.PatchablePacket.Kind;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.profile.TimeScale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Finds the fields of an alert that name its visit: ids, visit and times, in the record itself, in {@code diaSource},
 * and where {@code diaObject} and {@code ssSource} repeat them; and the same fields in each entry of its histories,
 * {@code prvDiaSources} and {@code prvDiaForcedSources}. In another survey's alerts these are the alert's id and the id
 * and time of its own source, as the profile names them. Other fields are skipped, not decoded, and reading stops after
 * the last one found. The cutouts aren't read: their FITS headers hold neither ids nor times.
 *
 * <p>Create one per schema; thread-safe.
 */
public final class PacketPatch {

    /** By the names on the path to each. */
    private static final Map<String, Kind> OWN = Map.ofEntries(
            Map.entry("diaSource.diaSourceId", Kind.SOURCE_ID),
            Map.entry("diaSource.diaObjectId", Kind.RELATED_ID),
            Map.entry("diaSource.parentDiaSourceId", Kind.RELATED_ID),
            Map.entry("diaSource.visit", Kind.VISIT),
            Map.entry("diaSource.detector", Kind.DETECTOR),
            Map.entry("diaSource.midpointMjdTai", Kind.MIDPOINT),
            Map.entry("diaSource.midPointTai", Kind.MIDPOINT),
            Map.entry("diaSource.timeProcessedMjdTai", Kind.PROCESSED),
            Map.entry("diaObject.diaObjectId", Kind.RELATED_ID),
            Map.entry("diaObject.validityStartMjdTai", Kind.FOLLOWING),
            Map.entry("diaObject.firstDiaSourceMjdTai", Kind.MIDPOINT_AGAIN),
            Map.entry("diaObject.lastDiaSourceMjdTai", Kind.MIDPOINT_AGAIN),
            Map.entry("ssSource.diaSourceId", Kind.SOURCE_ID));

    private static final Set<String> HISTORIES = Set.of("prvDiaSources", "prvDiaForcedSources");
    private static final Map<String, Kind> ENTRY = Map.of(
            "diaSourceId", Kind.RELATED_ID,
            "diaForcedSourceId", Kind.RELATED_ID,
            "diaObjectId", Kind.RELATED_ID,
            "parentDiaSourceId", Kind.RELATED_ID,
            "visit", Kind.ENTRY_VISIT,
            "midpointMjdTai", Kind.ENTRY_MIDPOINT,
            "midPointTai", Kind.ENTRY_MIDPOINT,
            "timeProcessedMjdTai", Kind.ENTRY_PROCESSED);

    /** Moves the cursor past a value and records the fields found in it. */
    @FunctionalInterface
    private interface Step {
        void walk(AvroCursor in, PatchablePacket found);
    }

    private final List<Step> steps;
    private final TimeScale scale;

    private PacketPatch(List<Step> steps, TimeScale scale) {
        this.steps = steps;
        this.scale = scale;
    }

    /** A patch for one of the survey's own schemas. */
    public static PacketPatch of(Schema writer) {
        return of(writer, AlertProfile.lsst());
    }

    /**
     * A patch for a schema.
     *
     * @param writer the schema that the packets were written with
     * @throws NotAnAlertException if it has no alert id of type long
     */
    public static PacketPatch of(Schema writer, AlertProfile profile) {
        AlertIdReader.route(writer, profile, Set.of(Schema.Type.LONG)); // A new id needs all bits of a long.
        Map<String, Kind> kinds = kinds(String.join(".", AlertIdReader.path(writer, profile)), profile);
        List<Step> steps = new ArrayList<>();
        int lastWanted = 0;
        for (Schema.Field field : writer.getFields()) {
            Optional<Step> wanted = HISTORIES.contains(field.name())
                    ? branch(field.schema(), Schema.Type.ARRAY, PacketPatch::history)
                    : wanted(field, kinds);
            steps.add(wanted.orElseGet(() -> skip(field.schema())));
            lastWanted = wanted.isPresent() ? steps.size() : lastWanted;
        }
        return new PacketPatch(
                List.copyOf(steps.subList(0, lastWanted)), profile.time().scale());
    }

    private static Map<String, Kind> kinds(String id, AlertProfile profile) {
        Map<String, Kind> kinds = new HashMap<>(OWN);
        for (String source : profile.sources().own()) {
            profile.sources().id().forEach(name -> kinds.putIfAbsent(source + "." + name, Kind.SOURCE_ID));
            profile.time().fields().forEach(name -> kinds.putIfAbsent(source + "." + name, Kind.MIDPOINT));
        }
        kinds.put(id, Kind.ALERT_ID);
        return kinds;
    }

    private static Step skip(Schema schema) {
        Skip skip = Skip.of(schema);
        return (in, found) -> skip.over(in);
    }

    private static Optional<Step> wanted(Schema.Field field, Map<String, Kind> kinds) {
        if (kinds.containsKey(field.name())) {
            return mark(field.schema(), kinds.get(field.name()));
        }
        String prefix = field.name() + ".";
        Map<String, Kind> within = new HashMap<>();
        kinds.forEach((path, kind) -> {
            if (path.startsWith(prefix)) {
                within.put(path.substring(prefix.length()), kind);
            }
        });
        return within.isEmpty()
                ? Optional.empty()
                : branch(field.schema(), Schema.Type.RECORD, record -> record(record, within));
    }

    /** A history without visits can't be said to be of one, and is skipped. */
    private static Step history(Schema array) {
        Schema entry = array.getElementType();
        Schema.Field visit = entry.getType() == Schema.Type.RECORD ? entry.getField("visit") : null;
        if (visit == null || mark(visit.schema(), Kind.ENTRY_VISIT).isEmpty()) {
            return skip(array);
        }
        Step fields = record(entry, ENTRY);
        return (in, found) -> {
            for (long count = in.readItemCount(); count != 0; count = in.readItemCount()) {
                for (long i = 0; i < count; i++) { // each takes at least a byte, its visit's
                    int first = found.marks().count();
                    fields.walk(in, found);
                    found.marks().endEntry(first);
                }
            }
        };
    }

    private static Step record(Schema record, Map<String, Kind> kinds) {
        List<Step> steps = new ArrayList<>();
        List<Schema> unwanted = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            Optional<Step> wanted = wanted(field, kinds);
            if (wanted.isEmpty()) {
                unwanted.add(field.schema());
            } else {
                steps.add(skipAll(unwanted));
                steps.add(wanted.get());
                unwanted.clear();
            }
        }
        steps.add(skipAll(unwanted));
        Step[] all = steps.toArray(Step[]::new);
        return (in, found) -> {
            for (Step step : all) {
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
        Step[] branches = schema.getTypes().stream()
                .map(branch -> branch.getType() == type ? wanted.apply(branch) : skip(branch))
                .toArray(Step[]::new);
        return Optional.of((in, found) -> branches[in.readIndex(branches.length)].walk(in, found));
    }

    /**
     * Searches a packet.
     *
     * @throws NotAnAlertException if the part that is read isn't an alert of the schema
     */
    public PatchablePacket find(byte[] packet) {
        PatchablePacket found = new PatchablePacket(packet, scale);
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
