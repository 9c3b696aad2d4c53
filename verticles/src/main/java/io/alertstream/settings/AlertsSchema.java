package io.alertstream.settings;

import io.alertstream.avro.SchemaVersion;

/** Which schema the loader writes: the values of {@code ALERTS_SCHEMA}. */
public sealed interface AlertsSchema {

    /** The catalog's newest. */
    record Latest() implements AlertsSchema {}

    /** The one that the file was written with. */
    record AsWritten() implements AlertsSchema {}

    /** This one of the catalog. */
    record Version(SchemaVersion version) implements AlertsSchema {}

    /**
     * Reads a choice.
     *
     * @throws IllegalArgumentException with what would be right
     */
    static AlertsSchema parse(String text) {
        return switch (text) {
            case "latest" -> new Latest();
            case "as-written" -> new AsWritten();
            default -> {
                try {
                    yield new Version(SchemaVersion.parse(text));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("latest, as-written or a version such as 9.0", e);
                }
            }
        };
    }
}
