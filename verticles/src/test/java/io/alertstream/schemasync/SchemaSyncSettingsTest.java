package io.alertstream.schemasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.registry.RegistrySettings;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaSyncSettingsTest {

    @Test
    void defaults() {
        assertThat(read(Map.of()))
                .isEqualTo(new SchemaSyncSettings(
                        RegistrySettings.open(URI.create("http://localhost:8081")),
                        Optional.empty(),
                        "alert-packet",
                        SchemaSync.LATEST,
                        new SchemaIdSource.OfVersion()));
    }

    @Test
    void everySetting(@TempDir Path schemas) {
        assertThat(read(Map.of(
                        "SCHEMA_REGISTRY_URL", "https://registry:9443",
                        "SCHEMA_DIR", schemas.toString(),
                        "SCHEMA_SUBJECT", "alerts",
                        "SCHEMA_SYNC", "all",
                        "SCHEMA_ID", "registry")))
                .isEqualTo(new SchemaSyncSettings(
                        RegistrySettings.open(URI.create("https://registry:9443")),
                        Optional.of(schemas),
                        "alerts",
                        SchemaSync.ALL,
                        new SchemaIdSource.OfRegistry()));
        assertThat(read(Map.of("SCHEMA_ID", "17")).id()).isEqualTo(new SchemaIdSource.Fixed(17));
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> read(Map.of(
                        "SCHEMA_REGISTRY_URL", "nowhere",
                        "SCHEMA_SUBJECT", "",
                        "SCHEMA_SYNC", "some",
                        "SCHEMA_ID", "0")))
                .isInstanceOf(InvalidSettingsException.class)
                .message()
                .contains("SCHEMA_REGISTRY_URL", "SCHEMA_SUBJECT", "SCHEMA_SYNC", "SCHEMA_ID");
    }

    private static SchemaSyncSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), SchemaSyncSettings::read);
    }
}
