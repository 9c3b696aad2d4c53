package io.alertstream.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.StoreLocation.Access;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditSettingsTest {

    @Test
    void defaults() {
        AuditSettings settings = read(Map.of());
        assertThat(settings.topics()).containsExactly("alerts-simulated");
        assertThat(settings.deadLetterTopic()).isEqualTo("alerts-dead-letter");
        assertThat(settings.from()).isEqualTo(new AuditFrom.Earliest());
        assertThat(settings.archive().access()).isEqualTo(Access.READ);
    }

    @Test
    void beginsAtATime() {
        assertThat(read(Map.of("AUDIT_FROM", "2026-11-22T03:00:00Z")).from())
                .isEqualTo(new AuditFrom.Time(Instant.parse("2026-11-22T03:00:00Z")));
    }

    @Test
    void beginsAtOffsets() {
        assertThat(read(Map.of("INGEST_TOPICS", "a,b", "AUDIT_FROM", "a:0:17, a:3:0,b:1:99"))
                        .from())
                .isEqualTo(new AuditFrom.Offsets(Map.of("a", Map.of(0, 17L, 3, 0L), "b", Map.of(1, 99L))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "2026-11-22", "a:0", "alerts-simulated:0:1,", "a:-1:0", "a:0:x", "other:0:1"})
    void refusesOtherValues(String from) {
        assertThatThrownBy(() -> read(Map.of("AUDIT_FROM", from)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("AUDIT_FROM");
    }

    private static AuditSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), AuditSettings::read);
    }
}
