package io.alertstream.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreSettingsTest {

    @TempDir
    Path directory;

    private static ScoreSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), ScoreSettings::read);
    }

    @Test
    void defaults() {
        ScoreSettings settings = read(Map.of("SCORE_OUTPUT", "topic:mine"));
        assertThat(settings.output()).isEqualTo(new BrokerOutput.Topic("mine"));
        assertThat(settings.replayTopic()).isEqualTo("alerts-simulated");
        assertThat(settings.journalTopic()).isEqualTo("alerts-journal");
        assertThat(settings.late()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.from()).isEmpty();
    }

    @Test
    void everySetting() throws Exception {
        Path ids = Files.createFile(directory.resolve("ids"));
        ScoreSettings settings = read(Map.of(
                "SCORE_OUTPUT", "file:" + ids,
                "REPLAY_TOPIC", "a",
                "REPLAY_JOURNAL_TOPIC", "b",
                "SCORE_LATE", "5s",
                "SCORE_FROM", "2026-11-22T03:00:00Z",
                "SCHEMA_REGISTRY_URL", "http://registry:8081"));
        assertThat(settings.output()).isEqualTo(new BrokerOutput.File(ids));
        assertThat(settings.replayTopic()).isEqualTo("a");
        assertThat(settings.journalTopic()).isEqualTo("b");
        assertThat(settings.late()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.from()).hasValue(Instant.parse("2026-11-22T03:00:00Z"));
        assertThat(settings.registry().url()).hasHost("registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "topic:", "topic:a b", "file:/no/such/file", "s3:x"})
    void anUnreadableOutputIsRefused(String output) {
        assertThatThrownBy(() -> read(Map.of("SCORE_OUTPUT", output)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("SCORE_OUTPUT");
    }

    @Test
    void aMissingOutputIsRefused() {
        assertThatThrownBy(() -> read(Map.of("SCORE_FROM", "yesterday")))
                .hasMessageContaining("SCORE_OUTPUT")
                .hasMessageContaining("SCORE_FROM");
    }
}
