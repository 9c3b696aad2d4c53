package io.alertstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.file.FileLocation;
import io.alertstream.storage.gcs.GcsLocation;
import io.alertstream.storage.gcs.GcsSettings;
import io.alertstream.storage.s3.S3Location;
import io.alertstream.storage.s3.S3Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {

    static List<Arguments> locations() {
        return List.of(
                Arguments.of("file:/x", new FileLocation(Path.of("/x"))),
                Arguments.of("gs://packets-1", new GcsLocation("packets-1", new GcsSettings(Optional.empty(), false))),
                Arguments.of(
                        "s3://packets-1",
                        new S3Location("packets-1", SettingsReader.read(List.of(), S3Settings::read))));
    }

    @ParameterizedTest
    @MethodSource("locations")
    void theSchemeSelectsTheStore(String text, StoreLocation location) {
        assertThat(read(text)).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alerts",
                "ftp://bucket",
                "gs://B",
                "gs://",
                "s3://B",
                "s3:bucket",
                "file:",
                "file:a\0b",
                "File:/x"
            })
    void otherLocationsAreRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("ALERT_STORE = \"" + text + "\" (test): expected " + StoreLocation.FORMS);
    }

    @Test
    void theDefaultIsADirectory() {
        StoreLocation location = SettingsReader.read(List.of(), in -> StoreLocation.read(in, Settings.SCHEMA_STORE));

        assertThat(location).isEqualTo(new FileLocation(Path.of("data/schemas")));
    }

    private static StoreLocation read(String text) {
        return SettingsReader.read(
                List.of(new SettingValues("test", Map.of("ALERT_STORE", text))),
                in -> StoreLocation.read(in, Settings.ALERT_STORE));
    }
}
