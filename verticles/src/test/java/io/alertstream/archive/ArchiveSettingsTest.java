package io.alertstream.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.file.FileLocation;
import io.alertstream.storage.gcs.GcsLocation;
import io.alertstream.storage.gcs.GcsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveSettingsTest {

    @Test
    void defaults() {
        assertThat(read(Map.of()))
                .isEqualTo(new ArchiveSettings(
                        new FileLocation(Path.of("data/alerts")),
                        new FileLocation(Path.of("data/schemas")),
                        Access.READ_WRITE,
                        ArchiveLayout.V1));
    }

    @Test
    void everySetting() {
        assertThat(read(Map.of(
                        "ALERT_STORE", "gs://alerts", "SCHEMA_STORE", "file:/srv/schemas", "ARCHIVE_LAYOUT", "v2")))
                .isEqualTo(new ArchiveSettings(
                        new GcsLocation("alerts", new GcsSettings(Optional.empty(), false)),
                        new FileLocation(Path.of("/srv/schemas")),
                        Access.READ_WRITE,
                        ArchiveLayout.V2));
    }

    @Test
    void readersRequestReadOnlyAccess() {
        assertThat(read(Map.of()).access()).isEqualTo(Access.READ_WRITE);
        assertThat(read(Map.of()).readOnly().access()).isEqualTo(Access.READ);
    }

    private static ArchiveSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), ArchiveSettings::read);
    }
}
