package io.alertstream.loader;

import io.alertstream.avro.SchemaVersion;
import io.alertstream.settings.Setting;

/** Which schema the loader writes: the values of {@code ALERTS_SCHEMA}. */
public sealed interface AlertsSchema {

    Setting<AlertsSchema> SETTING = Setting.of(
            "ALERTS_SCHEMA",
            "latest",
            AlertsSchema::parse,
            "schema that alerts are written with: latest, a version such as 9.0, or as-written");

    /** The newest schema of the catalog. */
    record Latest() implements AlertsSchema {}

    /** The schema that the file was written with. */
    record AsWritten() implements AlertsSchema {}

    /** This version, from the catalog. */
    record Version(SchemaVersion version) implements AlertsSchema {}

    /**
     * Reads a choice.
     *
     * @throws IllegalArgumentException with the values allowed
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
