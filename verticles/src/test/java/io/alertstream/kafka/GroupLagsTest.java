package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupLagsTest {

    private static final TopicState TOPIC =
            new TopicState("topic", "id", Map.of(0, 0L, 1, 500L, 2, 40L), Map.of(0, 10L, 1, 700L, 2, 50L));

    @Test
    void messagesDeletedByRetentionAreLostNotWaiting() {
        GroupLag lag = GroupLags.compare("group", "Stable", TOPIC, Map.of(0, 7L, 1, 100L));

        assertThat(lag.messages())
                .as("3, 200, and all 10 of a partition never read")
                .isEqualTo(213);
        assertThat(lag.lost()).isEqualTo(400);
    }

    @Test
    void anOffsetBeyondTheEndIsZeroLag() {
        GroupLag lag = GroupLags.compare("group", "Stable", TOPIC, Map.of(0, 99L, 1, 700L, 2, 50L));

        assertThat(lag.messages()).isZero();
        assertThat(lag.lost()).isZero();
    }
}
