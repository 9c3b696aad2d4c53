package io.alertstream.schemasync;

import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The schemas to register and their subjects.
 *
 * @param schemaDir empty for the bundled schemas
 * @param subject for all chosen schemas
 * @param which schemas of the catalog to choose
 * @param id the source of ids; a fixed id is only for the newest schema
 */
public record SchemaSyncSettings(
        RegistrySettings registry, Optional<Path> schemaDir, String subject, SchemaSync which, SchemaIdSource id) {

    public SchemaSyncSettings {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("a subject's name");
        }
    }

    public static SchemaSyncSettings read(SettingsReader in) {
        return new SchemaSyncSettings(
                RegistrySettings.read(in),
                in.directory(Settings.SCHEMA_DIR),
                in.get(Settings.SCHEMA_SUBJECT),
                in.get(SchemaSync.SETTING),
                in.get(SchemaIdSource.SETTING));
    }
}
