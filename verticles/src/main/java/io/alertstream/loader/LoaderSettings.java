package io.alertstream.loader;

import io.alertstream.kafka.KafkaSettings;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.settings.AlertsSchema;
import io.alertstream.settings.SchemaIdSource;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the loader is told.
 *
 * @param alertsFile the visit's file; a sample of {@code sampleAlerts} where there is none
 * @param schemaDir the catalog's directory; the bundled schemas where there is none
 * @param subject where the schema is looked up if its id is the registry's choice
 */
public record LoaderSettings(
        KafkaSettings kafka,
        RegistrySettings registry,
        String staticTopic,
        Optional<Path> alertsFile,
        int sampleAlerts,
        AlertsSchema alertsSchema,
        SchemaIdSource schemaId,
        Optional<Path> schemaDir,
        String subject) {

    public static LoaderSettings read(SettingsReader in) {
        return new LoaderSettings(
                KafkaSettings.read(in),
                RegistrySettings.read(in),
                in.get(Settings.STATIC_TOPIC),
                in.file(Settings.ALERTS_FILE),
                in.get(Settings.SAMPLE_ALERTS),
                in.get(Settings.ALERTS_SCHEMA),
                in.get(Settings.SCHEMA_ID),
                in.directory(Settings.SCHEMA_DIR),
                in.get(Settings.SCHEMA_SUBJECT));
    }
}
