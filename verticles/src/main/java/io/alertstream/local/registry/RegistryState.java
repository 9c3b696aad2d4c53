package io.alertstream.local.registry;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The state of the registry: its topic's records, applied in order. For one thread at a time. */
final class RegistryState {

    /**
     * The survey's own ids are {@code MAJOR * 100 + MINOR}: 1101 is schema 11.1. Ids that the registry assigns stay
     * clear
     * of them, up to version 999.99.
     */
    static final int FIRST_ASSIGNED_ID = 100_000;

    private final NavigableMap<String, NavigableMap<Integer, StoredSchema>> subjects = new TreeMap<>();
    private final Map<Integer, NavigableSet<SubjectVersion>> places = new HashMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private final Map<String, Mode> modes = new HashMap<>();
    /** Every id that was ever used: the id of a deleted schema must not be assigned again. */
    private final NavigableSet<Integer> used = new TreeSet<>();

    /**
     * Adds or replaces a version.
     *
     * @return false if it was ignored, because its id already belongs to another schema, which never changes
     */
    boolean put(StoredSchema schema) {
        if (byId(schema.id()).filter(known -> !known.sameSchema(schema)).isPresent()) {
            return false;
        }
        remove(schema.subject(), schema.version());
        subjects.computeIfAbsent(schema.subject(), name -> new TreeMap<>()).put(schema.version(), schema);
        places.computeIfAbsent(schema.id(), id -> new TreeSet<>()).add(schema.place());
        used.add(schema.id());
        return true;
    }

    /** Removes a version permanently. */
    void remove(String subject, int version) {
        NavigableMap<Integer, StoredSchema> versions = subjects.get(subject);
        StoredSchema gone = versions == null ? null : versions.remove(version);
        if (gone == null) {
            return;
        }
        if (versions.isEmpty()) {
            subjects.remove(subject);
        }
        NavigableSet<SubjectVersion> left = places.get(gone.id());
        left.remove(gone.place());
        if (left.isEmpty()) {
            places.remove(gone.id());
        }
    }

    /** Marks all versions up to this one as deleted. */
    void deleteSoftly(String subject, int upToVersion) {
        versions(subject).headMap(upToVersion, true).values().stream()
                .map(StoredSchema::softlyDeleted)
                .toList()
                .forEach(this::put);
    }

    /** Sets the level of exactly this subject, or of the registry; empty for none of its own. */
    void setLevel(String subject, Optional<Compatibility> level) {
        level.ifPresentOrElse(set -> levels.put(subject, set), () -> levels.remove(subject));
    }

    /** Sets the mode of exactly this subject, or of the registry; empty for none of its own. */
    void setMode(String subject, Optional<Mode> mode) {
        mode.ifPresentOrElse(set -> modes.put(subject, set), () -> modes.remove(subject));
    }

    /** All subjects that have a version, deleted or not. */
    Collection<String> subjects() {
        return Collections.unmodifiableCollection(subjects.keySet());
    }

    /** The subject's versions, deleted ones included; empty if there is no such subject. */
    NavigableMap<Integer, StoredSchema> versions(String subject) {
        return Collections.unmodifiableNavigableMap(subjects.getOrDefault(subject, Collections.emptyNavigableMap()));
    }

    /** The subject's versions that aren't deleted, newest first. */
    List<StoredSchema> live(String subject) {
        return versions(subject).descendingMap().values().stream()
                .filter(schema -> !schema.deleted())
                .toList();
    }

    /** Every version of every subject. */
    Stream<StoredSchema> schemas() {
        return subjects.values().stream().flatMap(versions -> versions.values().stream());
    }

    /** The schema under an id, wherever it is registered, deleted or not. */
    Optional<StoredSchema> byId(int id) {
        return places(id).stream().findFirst().map(place -> subjects.get(place.subject())
                .get(place.version()));
    }

    /** Where the schema under an id is registered, deleted or not. */
    NavigableSet<SubjectVersion> places(int id) {
        return Collections.unmodifiableNavigableSet(places.getOrDefault(id, Collections.emptyNavigableSet()));
    }

    Optional<StoredSchema> at(SubjectVersion place) {
        return Optional.ofNullable(versions(place.subject()).get(place.version()));
    }

    /** The id under which an Avro schema of this text is known in any subject; the smallest if there are several. */
    Optional<Integer> idOf(String avroText) {
        return schemas()
                .filter(schema -> schema.holds(avroText))
                .map(StoredSchema::id)
                .min(Integer::compare);
    }

    /** The greatest id seen so far, 0 before the first. */
    int maxId() {
        return used.isEmpty() ? 0 : used.last();
    }

    /**
     * An id that the registry may assign: the one after the greatest or, when a client has chosen the greatest number
     * possible, the least free one. Never below {@link #FIRST_ASSIGNED_ID}.
     */
    int nextId() {
        if (maxId() < Integer.MAX_VALUE) {
            return Math.max(FIRST_ASSIGNED_ID, maxId() + 1);
        }
        int free = FIRST_ASSIGNED_ID;
        for (int taken : used.tailSet(FIRST_ASSIGNED_ID)) {
            if (taken != free) {
                break;
            }
            free++;
        }
        return free;
    }

    /** The level that is set for exactly this subject, or for the registry. */
    Optional<Compatibility> level(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /** The level that applies to the subject. */
    Compatibility effectiveLevel(String subject) {
        return level(subject).or(() -> level(LogRecord.GLOBAL)).orElse(Compatibility.DEFAULT);
    }

    /** The mode that is set for exactly this subject, or for the registry. */
    Optional<Mode> mode(String subject) {
        return Optional.ofNullable(modes.get(subject));
    }

    /** The mode that applies to the subject. */
    Mode effectiveMode(String subject) {
        return mode(subject).or(() -> mode(LogRecord.GLOBAL)).orElse(Mode.READWRITE);
    }
}
