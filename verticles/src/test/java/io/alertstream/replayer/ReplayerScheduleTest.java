package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Fact;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When visits start: the rate, its interval, pauses, and visits that are loaded in between. */
class ReplayerScheduleTest extends ReplayerFixture {

    @Test
    void startsVisitsAtAFixedRateThatDoesNotDrift() {
        load("a", 0, 3);
        replayer.start();
        pass(1000 * 37 + 4);

        assertThat(ends).hasSize(1001);
        for (int i = 0; i < ends.size(); i++) {
            assertThat(ends.get(i)).isEqualTo(INTERVAL.multipliedBy(i).plusSeconds(3));
        }
    }

    @Test
    void theRateHoldsAlthoughVisitsStartLate() {
        load("a", 0);
        replayer.start();
        pass(0);
        kafka.outage(new IllegalStateException("no answer from the brokers"));
        pass(38.5);
        kafka.outage(null);
        pass(120);

        assertThat(ends.get(1)).isBetween(Duration.ofMillis(38_500), Duration.ofMillis(39_500));
        assertThat(ends.get(2)).isEqualTo(ends.get(1).plus(INTERVAL));
    }

    @Test
    void aVisitLongerThanTheIntervalIsFollowedAtOnce() {
        load("a", 0, 50);
        replayer.start();
        pass(50 + 50 + 50);

        assertThat(ends).containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(100), Duration.ofSeconds(150));
        assertThat(count("alertstream.replayer.overruns")).isEqualTo(3);
    }

    @Test
    void visitsMissedDuringALongOneAreSkipped() {
        load("long", 0, 95);
        replayer.start();
        pass(92);
        load("short", 0);
        pass(80);

        assertThat(ends)
                .containsExactly(
                        Duration.ofSeconds(95),
                        Duration.ofSeconds(95),
                        Duration.ofSeconds(132),
                        Duration.ofSeconds(169));
        assertThat(visits).extracting(Fact.VisitReplayed::late).containsOnly(Duration.ZERO);
    }

    @Test
    void aLoadedVisitStartsAtOnceAndResetsTheSchedule() {
        load("old", 0);
        replayer.start();
        pass(10);
        load("new", 0, 0);
        replayer.loaded();
        pass(38);

        assertThat(visits).extracting(Fact.VisitReplayed::alerts).containsExactly(1L, 2L, 2L);
        assertThat(ends).containsExactly(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(47));
    }

    @Test
    void aVisitLoadedDuringAnotherStartsAfterIt() {
        load("old", 0, 5);
        replayer.start();
        pass(1);
        load("new", 0, 0, 0);
        replayer.loaded();
        pass(4);

        assertThat(visits).extracting(Fact.VisitReplayed::alerts).containsExactly(2L, 3L);
    }

    @Test
    void aKnownVisitDoesNotChangeTheSchedule() {
        load("a", 0);
        replayer.start();
        pass(1);
        replayer.loaded();
        pass(38);

        assertThat(ends).containsExactly(Duration.ZERO, INTERVAL);
    }

    @Test
    void pausesBetweenVisitsAndResumes() {
        load("a", 0, 2);
        replayer.start();
        pass(1);
        replayer.pause();
        pass(100);
        assertThat(visits).hasSize(1);
        replayer.resume();
        pass(2);

        assertThat(visits).hasSize(2);
        assertThat(visits.get(1).late()).isZero();
    }

    @Test
    void aPrefetchedVisitIsPausedToo() {
        load("a", 0);
        replayer.start();
        pass(36.5);
        replayer.pause();
        pass(100);

        assertThat(visits).hasSize(1);
        assertThat(replayed()).containsExactly("a0");
        assertThat(count("alertstream.replayer.visits.incomplete")).isZero();
        assertThat(timers.waiting()).as("timers: only the next look's").isEqualTo(1);
    }

    @Test
    void canStartPaused() {
        load("a", 0);
        replayer = replayer(INTERVAL, true);
        replayer.start();
        pass(100);
        assertThat(visits).isEmpty();
        assertThat(replayer.ready().succeeded()).isTrue();
        replayer.resume();
        pass(0);

        assertThat(visits).hasSize(1);
    }

    @Test
    void aNewIntervalCountsFromTheLastStart() {
        load("a", 0);
        replayer.start();
        pass(2);
        replayer.interval(Duration.ofSeconds(5));
        pass(9);

        assertThat(ends).containsExactly(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void anIntervalShorterThanTheTimeSinceTheLastStartStartsOneVisitAtOnce() {
        load("a", 0);
        replayer.start();
        pass(20);
        replayer.interval(Duration.ofSeconds(5));
        pass(12);

        assertThat(ends)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(25), Duration.ofSeconds(30));
        assertThat(visits).extracting(Fact.VisitReplayed::late).containsOnly(Duration.ZERO);
    }

    @Test
    void aLongerIntervalAppliesToTheVisitBeingPrepared() {
        load("a", 0);
        replayer.start();
        pass(2);
        Runnable answer = kafka.holdLooks();
        pass(34.5);
        replayer.interval(Duration.ofHours(1));
        answer.run();
        replayer.interval(Duration.ofSeconds(40));
        pass(10);

        assertThat(ends).containsExactly(Duration.ZERO, Duration.ofSeconds(40));
    }

    @Test
    void announcesWhenTheNextVisitStarts() {
        replayer.start();
        pass(0);
        load("a", 0, 3);
        pass(10);
        replayer.pause();
        replayer.interval(Duration.ofSeconds(20));

        replayer.resume();

        assertThat(plans)
                .containsExactly(
                        planned(null, false),
                        planned(37, false),
                        planned(28, true),
                        planned(11, true),
                        planned(11, false));
    }

    private static Fact.VisitPlanned planned(Integer seconds, boolean paused) {
        return new Fact.VisitPlanned(REPLAY, Optional.ofNullable(seconds).map(Duration::ofSeconds), paused);
    }
}
