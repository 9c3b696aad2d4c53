package io.alertstream.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.GroupLag;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class GroupsTest {

    private static final long NOW = 1_000_000_000;
    private static final Duration INTERVAL = Duration.ofSeconds(37);

    private final Groups groups = new Groups();

    /** A topic that receives 10 messages a second, sampled over the given seconds until now. */
    private String status(String state, int seconds, LongUnaryOperator lag) {
        for (int second = -seconds; second <= 0; second++) {
            long end = 10_000 + second * 10L;
            long behind = lag.applyAsLong(second);
            groups.add(NOW + second * 1_000L, List.of(new GroupLag("g", state, Map.of(0, end - behind), behind)));
        }
        return only().getString("status");
    }

    private JsonObject only() {
        return groups.json(NOW, INTERVAL).getJsonObject(0);
    }

    @Test
    void aGroupThatHasReadEverythingIsUpToDate() {
        assertThat(status("Stable", 0, second -> 0)).isEqualTo("up to date");
        assertThat(status("Empty", 0, second -> 0)).isEqualTo("up to date");
    }

    @Test
    void aGroupThatReachesTheEndWithinAnIntervalKeepsUp() {
        assertThat(status("Stable", 60, second -> second < -30 ? 0 : 30 + second))
                .isEqualTo("keeps up");
    }

    @Test
    void aGroupWhoseLagGrowsFromVisitToVisitFallsBehind() {
        assertThat(status("Stable", 60, second -> 100 + 60 + second)).isEqualTo("falls behind");
    }

    @Test
    void aGroupWhoseLagShrinksCatchesUp() {
        assertThat(status("Stable", 60, second -> 100 - second)).isEqualTo("catches up");
    }

    @Test
    void aNewGroupThatReadsCatchesUpUntilMoreIsKnown() {
        assertThat(status("Stable", 5, second -> 100)).isEqualTo("catches up");
    }

    @Test
    void aGroupThatReadsNothingStandsStill() {
        assertThat(status("Stable", 20, second -> 1_000 + 10 * second)).isEqualTo("stands still");
    }

    @Test
    void aGroupWhoseMembersLeftHasNone() {
        assertThat(status("Empty", 60, second -> 1_000 + 10 * second)).isEqualTo("no members");
    }

    @Test
    void aReaderWithoutMembershipIsReading() {
        assertThat(status("Empty", 60, second -> 100 - second)).isEqualTo("catches up");
    }

    @Test
    void aVanishedGroupIsListedForAWhile() {
        status("Stable", 0, second -> 7);

        groups.add(NOW + 60_000, List.of());
        assertThat(only().getString("status")).isEqualTo("gone");
        assertThat(only().getLong("lag")).isEqualTo(7);
        assertThat(only().getString("members")).isNull();

        groups.add(NOW + 660_000, List.of());
        assertThat(groups.json(NOW, INTERVAL)).isEmpty();
    }

    @Test
    void manyGroupsAndLongNamesTakeLittleRoom() {
        List<GroupLag> lags = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lags.add(new GroupLag("x".repeat(10_000) + i, "Stable", Map.of(0, 1L), 5));
        }

        groups.add(NOW, lags);

        assertThat(groups.json(NOW, INTERVAL)).hasSize(Groups.MAX);
        assertThat(groups.others()).isEqualTo(1_000 - Groups.MAX);
        assertThat(groups.json(NOW, INTERVAL).encode()).hasSizeLessThan(40_000);
    }
}
