package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In any order of events, visits don't overlap, a pause holds, and nothing happens after a stop. */
class ReplayerStatesTest extends ReplayerFixture {

    private static final int STEPS = 1000;

    private final Deque<Runnable> heldLooks = new ArrayDeque<>();
    private int loads;
    private boolean pausedByTest;
    private int checked;

    /** The name of a failed test shows its seed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void visitsDontOverlapAPauseHoldsAndAStopIsFinal(long seed) {
        Random random = new Random(seed);
        loadAnother(random);
        replayer.start();
        for (int step = 0; step < STEPS; step++) {
            happen(random);
            assertVisitsDoNotOverlap();
        }
        int sent = replayed().size();
        Future<Void> stopped = replayer.stop();
        heldLooks.forEach(Runnable::run);
        replayer.resume();
        replayer.loaded();
        pass(1000);

        assertThat(stopped.succeeded()).isTrue();
        assertThat(replayed()).hasSize(sent);
        assertThat(timers.waiting()).as("remaining timers").isZero();
        assertThat(visits).as("visits (otherwise nothing was tested)").isNotEmpty();
    }

    private void happen(Random random) {
        switch (random.nextInt(24)) {
            case 0 -> {
                pausedByTest = true;
                replayer.pause();
            }
            case 1 -> {
                pausedByTest = false;
                replayer.resume();
            }
            case 2 -> replayer.interval(Duration.ofMillis(1 + random.nextInt(60_000)));
            case 3 -> replayer.loaded();
            case 4 -> loadAnother(random);
            case 5 -> {
                loadAnother(random);
                replayer.loaded();
            }
            case 6 -> kafka.delete(STATIC);
            case 7 -> heldLooks.add(kafka.holdLooks());
            case 8 -> release(random.nextBoolean() ? heldLooks.pollFirst() : heldLooks.pollLast());
            case 9 -> replayer.ready();
            default -> passAndCheckThatAPauseHolds(random.nextDouble() * 30);
        }
    }

    private static void release(Runnable look) {
        if (look != null) {
            look.run();
        }
    }

    private void loadAnother(Random random) {
        String visit = "visit" + loads++ + "-";
        double[] offsets = random.doubles(1 + random.nextInt(4), 0, random.nextBoolean() ? 3 : 60)
                .sorted()
                .toArray();
        offsets[0] = 0;
        load(visit, offsets);
    }

    private void passAndCheckThatAPauseHolds(double seconds) {
        int before = begun();
        pass(seconds);
        if (pausedByTest) {
            assertThat(begun()).as("visits that began during a pause").isEqualTo(before);
        }
    }

    private int begun() {
        return (int) replayed().stream().filter(alert -> alert.endsWith("-0")).count();
    }

    /** Each alert is its visit's first or directly follows the previous alert of the same visit. */
    private void assertVisitsDoNotOverlap() {
        List<String> alerts = replayed();
        for (; checked < alerts.size(); checked++) {
            String alert = alerts.get(checked);
            int dash = alert.indexOf('-');
            int number = Integer.parseInt(alert.substring(dash + 1));
            if (number > 0) {
                assertThat(alerts.get(checked - 1)).isEqualTo(alert.substring(0, dash + 1) + (number - 1));
            }
        }
    }
}
