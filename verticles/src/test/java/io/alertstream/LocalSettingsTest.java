package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void theTopicOfANewMajorVersionIsArchivedToo(@TempDir Path directory) throws IOException {
        Path faults = Files.writeString(
                directory.resolve("faults.yaml"), "faults: {new-major: {from: 2, topic: alerts-v12}}");
        LocalSettings settings = read(Map.of("REPLAY_FAULTS", faults.toString(), "REPLAY_TOPIC", "night"));
        assertThat(settings.publishedTopics()).containsExactly("night", "alerts-v12");
        assertThat(settings.planned().values()).containsEntry("INGEST_TOPICS", "night,alerts-v12");

        Files.writeString(faults, "faults: {no-such-fault: {}}");
        assertThat(read(Map.of("REPLAY_FAULTS", faults.toString())).publishedTopics())
                .as("the replayer's settings refuse the file")
                .containsExactly("alerts-simulated");
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
