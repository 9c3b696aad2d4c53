package io.alertstream.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Fact;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.LogLevel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VisitsTest {

    private static final long NOW = 1_000_000_000;

    private final Visits visits = new Visits(live(37, false));

    private static LiveSettings live(int seconds, boolean paused) {
        return new LiveSettings(Duration.ofSeconds(seconds), paused, LogLevel.INFO);
    }

    private void plan(Integer seconds, boolean paused) {
        visits.planned(
                NOW, new Fact.VisitPlanned("t", Optional.ofNullable(seconds).map(Duration::ofSeconds), paused));
    }

    private void assertNext(long now, String state, Long next) {
        assertThat(visits.json(now).getString("state")).isEqualTo(state);
        assertThat(visits.json(now).getLong("next")).isEqualTo(next);
    }

    @Test
    void aLocalReplayersPlanIsShown() {
        plan(20, false);
        assertNext(NOW + 5_000, "planned", NOW + 20_000);
        plan(null, false);
        assertNext(NOW, "waiting", null);
        plan(20, true);
        assertNext(NOW, "paused", null);
    }

    @Test
    void aRemoteReplayersVisitIsExpectedOneIntervalAfterTheLast() {
        visits.seen(NOW, 1_000);
        assertNext(NOW, "unknown", null);
        visits.seen(NOW + 20_000, 1_200);
        visits.seen(NOW + 21_000, 1_800);
        visits.seen(NOW + 22_000, 2_000);

        assertNext(NOW + 30_000, "expected", NOW + 57_000);
        visits.changed(live(60, false));
        assertNext(NOW + 30_000, "expected", NOW + 80_000);
        assertNext(NOW + 90_000, "unknown", null);
    }

    @Test
    void aRemoteReplayersPauseIsReadFromTheSettings() {
        visits.changed(live(37, true));

        assertNext(NOW, "paused", null);
    }
}
