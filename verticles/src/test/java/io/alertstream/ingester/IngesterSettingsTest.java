package io.alertstream.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.ArchiveLayout;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.StoreLocation.Access;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngesterSettingsTest {

    @Test
    void defaults() {
        IngesterSettings settings = read(Map.of());
        assertThat(settings.topics()).containsExactly("alerts-simulated");
        assertThat(settings.group()).isEqualTo("alertdb-ingester");
        assertThat(settings.bufferBytes()).isEqualTo(64 << 20);
        assertThat(settings.deadLetterTopic()).isEqualTo("alerts-dead-letter");
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(settings.archive().access()).isEqualTo(Access.READ_WRITE);
    }

    @Test
    void everySetting() {
        IngesterSettings settings = read(Map.of(
                "INGEST_TOPICS", "a,b",
                "INGEST_GROUP", "g",
                "INGEST_BUFFER", "2MiB",
                "DEAD_LETTER_TOPIC", "d",
                "ARCHIVE_LAYOUT", "v2",
                "KAFKA_BOOTSTRAP_SERVERS", "k:1",
                "SCHEMA_REGISTRY_URL", "http://r:2"));
        assertThat(settings.topics()).containsExactlyInAnyOrder("a", "b");
        assertThat(settings.group()).isEqualTo("g");
        assertThat(settings.bufferBytes()).isEqualTo(2 << 20);
        assertThat(settings.deadLetterTopic()).isEqualTo("d");
        assertThat(settings.archive().layout()).isEqualTo(ArchiveLayout.V2);
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("k:1");
        assertThat(settings.registry().url()).hasToString("http://r:2");
    }

    @Test
    void deadLettersAreNotArchived() {
        assertThatThrownBy(() -> read(Map.of("INGEST_TOPICS", "a,d", "DEAD_LETTER_TOPIC", "d")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("DEAD_LETTER_TOPIC")
                .hasMessageContaining("INGEST_TOPICS");
    }

    @Test
    void everyProblemIsReported() {
        assertThatThrownBy(() -> read(Map.of("INGEST_TOPICS", "a b", "INGEST_BUFFER", "1", "ALERT_STORE", "ftp://x")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("INGEST_TOPICS")
                .hasMessageContaining("INGEST_BUFFER")
                .hasMessageContaining("ALERT_STORE");
    }

    private static IngesterSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), IngesterSettings::read);
    }
}
