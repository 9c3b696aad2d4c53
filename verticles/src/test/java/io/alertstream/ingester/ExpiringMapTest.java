package io.alertstream.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ExpiringMapTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final ExpiringMap<String, Integer> recent = new ExpiringMap<>(clock, 3, Duration.ofHours(24));

    @Test
    void entriesExpireHoweverOftenTheyAreUsed() {
        recent.put("a", 1);
        now = now.plus(Duration.ofHours(23));
        assertThat(recent.get("a")).contains(1);
        now = now.plus(Duration.ofHours(1));
        assertThat(recent.get("a")).isEmpty();
    }

    @Test
    void evictsTheOldestWhenThereAreTooMany() {
        recent.put("a", 1);
        recent.put("b", 2);
        recent.put("c", 3);
        recent.put("a", 4);
        recent.put("d", 5);
        assertThat(recent.get("a")).contains(4);
        assertThat(recent.get("b")).isEmpty();
        assertThat(recent.get("c")).contains(3);
        assertThat(recent.get("d")).contains(5);
    }
}
