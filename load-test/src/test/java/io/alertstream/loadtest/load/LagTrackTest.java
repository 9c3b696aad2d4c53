package io.alertstream.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTrackTest {

    private final LagTrack track = new LagTrack(3);

    @Test
    void aCyclesLowestLagIsWhatItLeaves() {
        long[] lags = {0, 900, 300, 800, 20, 900, 100, 0, 50, 60};
        for (int nanos = 0; nanos < lags.length; nanos++) {
            track.seen(lags[nanos], nanos);
        }
        assertThat(track.mostLeftInACycle()).hasValue(20);
        assertThat(track.max()).hasValue(900);
        assertThat(track.last()).hasValue(60);
    }

    @Test
    void aCycleIsMeasuredInTimeNotInSamples() {
        track.seen(5, 0);
        track.seen(7, 2);
        assertThat(track.mostLeftInACycle()).isEmpty();
        track.seen(6, 9);
        assertThat(track.mostLeftInACycle()).hasValue(5);
    }

    @Test
    void theWarmUpIsNotMeasured() {
        track.seen(900, -1);
        assertThat(track.last()).hasValue(900);
        assertThat(track.max()).isEmpty();
        track.seen(3, 1);
        assertThat(track.max()).hasValue(3);
    }

    @Test
    void aLagThatWasNeverSeenIsUnknown() {
        track.missed("not authorized");
        assertThat(track.last()).isEmpty();
        assertThat(track.max()).isEmpty();
        assertThat(track.misses()).isEqualTo(1);
        assertThat(track.miss()).isEqualTo("not authorized");
        track.seen(0, 1);
        assertThat(track.miss()).isEmpty();
    }
}
