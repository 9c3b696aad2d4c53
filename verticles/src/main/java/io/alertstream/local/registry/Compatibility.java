package io.alertstream.local.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;

/** The earlier schemas of a subject that a new one must be compatible with, and how. */
enum Compatibility {
    NONE(false, false, false),
    /** The new schema reads what was written with the latest. */
    BACKWARD(true, false, false),
    /** The new schema reads what was written with any earlier one. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** The latest schema reads what is written with the new one. */
    FORWARD(false, true, false),
    /** Every earlier schema reads what is written with the new one. */
    FORWARD_TRANSITIVE(false, true, true),
    /** Both ways with the latest. */
    FULL(true, true, false),
    /** Both ways with every earlier one. */
    FULL_TRANSITIVE(true, true, true);

    /**
     * As in the survey's registry. Confluent's starts with BACKWARD, but versions of the alert schema, registered without
     * their defaults, aren't compatible with one another.
     */
    static final Compatibility DEFAULT = NONE;

    private final boolean readsEarlier;
    private final boolean readByEarlier;
    private final boolean transitive;

    Compatibility(boolean readsEarlier, boolean readByEarlier, boolean transitive) {
        this.readsEarlier = readsEarlier;
        this.readByEarlier = readByEarlier;
        this.transitive = transitive;
    }

    static Optional<Compatibility> parse(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The earlier schemas to compare with, newest first. */
    <T> List<T> relevant(List<T> newestFirst) {
        if (this == NONE || newestFirst.isEmpty()) {
            return List.of();
        }
        return transitive ? newestFirst : newestFirst.subList(0, 1);
    }

    /** The incompatibilities between the new schema and an earlier one. */
    List<String> problems(Schema newer, Schema earlier) {
        List<String> problems = new ArrayList<>();
        if (readsEarlier) {
            problems.addAll(unreadable("new", newer, "old", earlier));
        }
        if (readByEarlier) {
            problems.addAll(unreadable("old", earlier, "new", newer));
        }
        return problems;
    }

    private static List<String> unreadable(String readerName, Schema reader, String writerName, Schema writer) {
        SchemaCompatibilityResult result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        return result.getIncompatibilities().stream()
                .map(problem -> "{errorType:'" + problem.getType() + "', description:'the " + readerName
                        + " schema cannot read data written with the " + writerName + " schema at path '"
                        + problem.getLocation() + "'', additionalInfo:'" + problem.getMessage() + "'}")
                .toList();
    }
}
