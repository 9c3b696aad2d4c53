package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalSettingsTest {

    @Test
    void dataIsInTheDataDirectoryAndListenersAreLocal() {
        LocalSettings settings = read(Map.of("DATA_DIR", "/x", "REPLAY_TOPIC", "night"));

        assertThat(settings.dataDir()).isEqualTo(Path.of("/x"));
        assertThat(settings.found("127.0.0.1:5", 6).values())
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:5")
                .containsEntry("SCHEMA_REGISTRY_URL", "http://127.0.0.1:6")
                .containsEntry("ALERT_STORE", "file:/x/alerts")
                .containsEntry("SCHEMA_STORE", "file:/x/schemas")
                .containsEntry("INGEST_TOPICS", "night")
                .containsEntry("SCHEMA_SYNC", "all")
                .containsEntry("HTTP_HOST", "127.0.0.1");
    }

    @Test
    void ignoredSettingsAreNamed() {
        SettingsReader in = new SettingsReader(List.of(
                new SettingValues(
                        "environment", Map.of("ALERT_STORE", "gs://alerts", "HTTP_PORT", "0", "DATA_DIR", "/x")),
                new SettingValues("file", Map.of("HTTP_HOST", "0.0.0.0", "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"))));

        assertThat(LocalSettings.read(in).ignored(in))
                .containsExactly("KAFKA_BOOTSTRAP_SERVERS", "ALERT_STORE", "HTTP_HOST");
    }

    @Test
    void twoListenersCantShareAPort() {
        assertThatThrownBy(() -> read(Map.of("LOCAL_KAFKA_SCRAM_PORT", "9092", "OPS_PORT", "3000")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("LOCAL_KAFKA_SCRAM_PORT")
                .hasMessageContaining("another port than LOCAL_KAFKA_PORT's")
                .hasMessageContaining("another port than HTTP_PORT's");
        read(Map.of("LOCAL_KAFKA_PORT", "0", "LOCAL_KAFKA_SCRAM_PORT", "0"));
    }

    private static LocalSettings read(Map<String, String> environment) {
        return SettingsReader.read(List.of(new SettingValues("environment", environment)), LocalSettings::read);
    }
}
