package io.alertstream.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.settings.ArchiveLayout;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.Source;
import io.alertstream.settings.StoreLocation;
import io.alertstream.storage.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveSettingsTest {

    private static final StoreSettings STORES = new StoreSettings(Optional.empty(), false, true);

    @Test
    void defaults() {
        assertThat(read(Map.of()))
                .isEqualTo(new ArchiveSettings(
                        new StoreLocation.Directory(Path.of("data/alerts")),
                        new StoreLocation.Directory(Path.of("data/schemas")),
                        STORES,
                        ArchiveLayout.V1));
    }

    @Test
    void everySetting() {
        assertThat(read(Map.of(
                        "ALERT_STORE", "gs://alerts", "SCHEMA_STORE", "file:/srv/schemas", "ARCHIVE_LAYOUT", "v2")))
                .isEqualTo(new ArchiveSettings(
                        new StoreLocation.Bucket("alerts"),
                        new StoreLocation.Directory(Path.of("/srv/schemas")),
                        STORES,
                        ArchiveLayout.V2));
    }

    @Test
    void readersAskForNoMoreThanReading() {
        assertThat(read(Map.of()).stores().writable()).isTrue();
        assertThat(read(Map.of()).readOnly().stores()).isEqualTo(STORES.readOnly());
    }

    private static ArchiveSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new Source("test", values)), ArchiveSettings::read);
    }
}
