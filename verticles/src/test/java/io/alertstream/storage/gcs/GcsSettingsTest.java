package io.alertstream.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GcsSettingsTest {

    @Test
    void byDefaultItIsGooglesWithCredentials() {
        assertThat(read(Map.of()).endpoint()).isEmpty();
        assertThat(read(Map.of()).emulated()).isFalse();
    }

    @Test
    void anEmulatorIsUsedWithoutCredentials() {
        GcsSettings hostAndPort = read(Map.of("STORAGE_EMULATOR_HOST", "localhost:4443"));

        assertThat(hostAndPort.endpoint()).contains(URI.create("http://localhost:4443"));
        assertThat(hostAndPort.emulated()).isTrue();
        assertThat(read(Map.of("STORAGE_EMULATOR_HOST", "https://emulator:4443"))
                        .emulated())
                .isTrue();
    }

    @Test
    void credentialsAreNeverSentInTheClear() {
        assertThat(read(Map.of("GCS_ENDPOINT", "http://gcs.test:8080")).emulated())
                .isTrue();
        assertThat(read(Map.of("GCS_ENDPOINT", "https://storage-private.p.googleapis.com"))
                        .emulated())
                .isFalse();
    }

    @Test
    void theEndpointOverridesTheEmulator() {
        GcsSettings both = read(
                Map.of("GCS_ENDPOINT", "https://storage.googleapis.com", "STORAGE_EMULATOR_HOST", "localhost:4443"));

        assertThat(both.endpoint()).contains(URI.create("https://storage.googleapis.com"));
        assertThat(both.emulated()).isFalse();
    }

    private static GcsSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), GcsSettings::read);
    }
}
