package io.alertstream.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NightMarkTest {

    @Test
    void anyMarkIsReadAsItWasWritten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            NightMark mark = new NightMark(
                    1 + random.nextInt(99_999),
                    random.nextInt(100_000),
                    1 + random.nextLong(1_000_000),
                    1 + random.nextLong(1_000_000_000_000L));
            assertThat(NightMark.of(mark.addTo(Headers.of("other", new byte[] {1}))))
                    .as("seed %d", seed)
                    .hasValue(mark);
        }
    }

    @Test
    void aMessageOfASingleVisitHasNone() {
        assertThat(NightMark.of(Headers.of(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(5))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "alertsim-visit, two, expected alertsim-visit to be a decimal number",
        "alertsim-visit, 0, expected alertsim-visit to be at least 1",
        "alertsim-visit-alerts, 0, expected alertsim-visit-alerts to be at least 1",
        "alertsim-night-alerts, 0, expected alertsim-night-alerts to be at least 1",
        "alertsim-visit, 100000, expected alertsim-visit to be at most 99999",
        "alertsim-slot, -1, expected alertsim-slot to be a decimal number",
        "alertsim-slot, 100000, expected alertsim-slot to be at most 99999",
        "alertsim-visit-alerts, '', expected alertsim-visit-alerts to be a decimal number",
        "alertsim-night-alerts, 1e3, expected alertsim-night-alerts to be a decimal number"
    })
    void aDamagedOneIsRefused(String name, String value, String message) {
        Headers headers = new NightMark(1, 0, 5, 10).addTo(Headers.NONE).and(name, value.getBytes(US_ASCII));

        assertThatThrownBy(() -> NightMark.of(headers)).hasMessageContaining(message);
    }

    @Test
    void oneWithoutItsSlotIsRefused() {
        assertThatThrownBy(() -> NightMark.of(Headers.of("alertsim-visit", new byte[] {'1'})))
                .hasMessageContaining("expected alertsim-slot to be a decimal number, got \"nothing\"");
    }
}
