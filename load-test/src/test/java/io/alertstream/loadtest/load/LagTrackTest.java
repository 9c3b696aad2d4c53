package io.alertstream.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTrackTest {

    @Test
    void theLeastOfEachCycleIsWhatItLeaves() {
        LagTrack track = new LagTrack(3);
        for (long lag : new long[] {0, 900, 300, 800, 20, 900, 100, 0, 50}) {
            track.seen(lag);
        }
        assertThat(track.mostLeftInACycle()).isEqualTo(20);
        assertThat(track.max()).isEqualTo(900);
        assertThat(track.last()).isEqualTo(50);
    }
}
