package io.alertstream.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.overview.Attention.Following;
import io.alertstream.server.overview.Attention.Idle;
import io.alertstream.server.overview.Attention.Lingering;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttentionTest {

    private final List<JsonObject> received = new ArrayList<>();

    @Test
    void aPageViewLastsAWhile() {
        Attention looked = new Idle().looked(1_000);

        assertThat(looked.ticked(16_000)).isEqualTo(new Lingering(1_000));
        assertThat(looked.looked(9_000).ticked(24_000)).isEqualTo(new Lingering(9_000));
        assertThat(looked.ticked(16_001)).isEqualTo(new Idle());
    }

    @Test
    void aListenerIsFollowedUntilItLeaves() {
        Attention following = new Idle().followed(received::add);

        assertThat(following.ticked(1_000_000).looked(1_000_000)).isSameAs(following);
        following.send(new JsonObject().put("time", 1));
        assertThat(received).containsExactly(new JsonObject().put("time", 1));
        assertThat(following.unfollowed(1_000_000)).isEqualTo(new Lingering(1_000_000));
    }

    @Test
    void itSleepsOnlyWithoutViewers() {
        assertThat(new Idle().isAwake()).isFalse();
        assertThat(new Idle().unfollowed(5).ticked(5)).isEqualTo(new Idle());
        assertThat(new Lingering(5).isAwake()).isTrue();
        assertThat(new Following(received::add).isAwake()).isTrue();
    }
}
