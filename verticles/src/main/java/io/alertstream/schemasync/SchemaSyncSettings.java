package io.alertstream.schemasync;

import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What schema-sync puts where.
 *
 * @param schemaDir empty for the schemas that come with this software
 * @param subject that every chosen schema goes under
 * @param which of the catalog's schemas are chosen
 * @param id where ids come from; one fixed id is the newest schema's alone
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
