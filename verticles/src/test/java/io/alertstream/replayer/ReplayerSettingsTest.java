package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayerSettingsTest {

    private static ReplayerSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), ReplayerSettings::read);
    }

    @Test
    void defaults() {
        ReplayerSettings settings = read(Map.of());

        assertThat(settings)
                .isEqualTo(new ReplayerSettings(
                        settings.kafka(),
                        "alerts-static",
                        "alerts-simulated",
                        Duration.ofSeconds(37),
                        false,
                        Optional.empty()));
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("localhost:9092");
    }

    @Test
    void everySetting() {
        ReplayerSettings settings = read(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9093",
                "STATIC_TOPIC", "one",
                "REPLAY_TOPIC", "other",
                "REPLAY_INTERVAL", "5m",
                "REPLAY_PAUSED", "true"));

        assertThat(settings)
                .isEqualTo(new ReplayerSettings(
                        settings.kafka(), "one", "other", Duration.ofMinutes(5), true, Optional.empty()));
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("kafka:9093");
    }

    @Test
    void refusesToReplayATopicIntoItself() {
        assertThatThrownBy(() -> read(Map.of("STATIC_TOPIC", "same", "REPLAY_TOPIC", "same")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("REPLAY_TOPIC");
    }

    @Test
    void refusesAnIntervalOfZero() {
        assertThatThrownBy(() -> read(Map.of("REPLAY_INTERVAL", "0s", "REPLAY_PAUSED", "maybe")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("REPLAY_INTERVAL")
                .hasMessageContaining("REPLAY_PAUSED");
    }
}
