package io.alertstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.Source;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    @Test
    void withoutSettingsItIsGooglesAndWithCredentials() {
        assertThat(read(Map.of()).endpoint()).isEmpty();
        assertThat(read(Map.of()).emulated()).isFalse();
        assertThat(read(Map.of()).writable()).isTrue();
        assertThat(read(Map.of()).readOnly().writable()).isFalse();
    }

    @Test
    void anEmulatorIsAskedWithoutCredentials() {
        StoreSettings hostAndPort = read(Map.of("STORAGE_EMULATOR_HOST", "localhost:4443"));

        assertThat(hostAndPort.endpoint()).contains(URI.create("http://localhost:4443"));
        assertThat(hostAndPort.emulated()).isTrue();
        assertThat(read(Map.of("STORAGE_EMULATOR_HOST", "https://emulator:4443"))
                        .emulated())
                .isTrue();
    }

    @Test
    void credentialsNeverTravelInTheClear() {
        assertThat(read(Map.of("GCS_ENDPOINT", "http://gcs.test:8080")).emulated())
                .isTrue();
        assertThat(read(Map.of("GCS_ENDPOINT", "https://storage-private.p.googleapis.com"))
                        .emulated())
                .isFalse();
    }

    @Test
    void theEndpointStandsAgainstTheEmulator() {
        StoreSettings both = read(
                Map.of("GCS_ENDPOINT", "https://storage.googleapis.com", "STORAGE_EMULATOR_HOST", "localhost:4443"));

        assertThat(both.endpoint()).contains(URI.create("https://storage.googleapis.com"));
        assertThat(both.emulated()).isFalse();
    }

    private static StoreSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new Source("test", values)), StoreSettings::read);
    }
}
