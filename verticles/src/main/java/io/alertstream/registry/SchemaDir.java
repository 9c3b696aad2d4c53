package io.alertstream.registry;

import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.SchemaCatalogException;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/** The alert schemas that {@code SCHEMA_DIR} names. */
public final class SchemaDir {

    private SchemaDir() {}

    /**
     * Reads the directory, or the schemas in the jar if none is named; blocks.
     *
     * @throws InvalidSettingsException if the directory can't be used
     */
    public static SchemaCatalog open(Optional<Path> directory) {
        try {
            return directory.map(SchemaCatalog::read).orElseGet(SchemaCatalog::bundled);
        } catch (SchemaCatalogException e) {
            throw InvalidSettingsException.of(
                    Settings.SCHEMA_DIR,
                    directory.map(Path::toString).orElse(""),
                    "a directory of alert schemas, but " + e.getMessage());
        }
    }
}
