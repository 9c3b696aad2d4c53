package io.alertstream.replayer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Fact;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.NightMark;
import io.alertstream.kafka.VisitHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A static topic that holds a night: one visit after another, with the night's pauses. */
class NightReplayTest extends ReplayerFixture {

    /** A visit of a night. Its alerts are named after it: {@code b0}, {@code b1}. */
    private record Planned(String name, int slot, int alerts) {}

    private static final List<Planned> NIGHT =
            List.of(new Planned("a", 0, 2), new Planned("b", 1, 1), new Planned("c", 4, 3), new Planned("d", 5, 1));

    private void loadNight(List<Planned> visits, int partitions, Random random) {
        kafka.create(STATIC, partitions);
        int total = visits.stream().mapToInt(Planned::alerts).sum();
        for (int visit = 0; visit < visits.size(); visit++) {
            Planned planned = visits.get(visit);
            for (int i = 0; i < planned.alerts(); i++) {
                Headers headers = new NightMark(visit + 1, planned.slot(), planned.alerts(), total)
                        .addTo(Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(0)));
                producer.send(new NewMessage(
                        STATIC, random.nextInt(partitions), null, (planned.name() + i).getBytes(UTF_8), headers));
            }
        }
    }

    private void loadNight() {
        loadNight(NIGHT, 1, new Random(1));
    }

    /** Passes the time until just after the start of the slot. */
    private void passToSlot(int slot) {
        timers.pass(INTERVAL.multipliedBy(slot).plusMillis(1).minusNanos(timers.nanos()));
    }

    @Test
    void eachSlotHasItsVisitAndASlotWithoutOneIsAPause() {
        loadNight();
        replayer.start();
        passToSlot(0);
        assertThat(replayed()).containsExactly("a0", "a1");
        passToSlot(1);
        assertThat(replayed()).endsWith("b0").hasSize(3);
        passToSlot(3);
        assertThat(replayed()).hasSize(3);
        passToSlot(4);
        assertThat(replayed()).endsWith("c0", "c1", "c2").hasSize(6);
        passToSlot(5);
        assertThat(replayed()).endsWith("d0").hasSize(7);
        assertThat(visits).extracting(Fact.VisitReplayed::alerts).containsExactly(2L, 1L, 3L, 1L);
        assertThat(visits).extracting(Fact.VisitReplayed::late).containsOnly(Duration.ZERO);
    }

    @Test
    void theNextNightFollowsTheLastVisit() {
        loadNight();
        replayer.start();
        passToSlot(5);
        passToSlot(6);
        assertThat(replayed()).hasSize(9).endsWith("d0", "a0", "a1");
        passToSlot(6 + 5);

        assertThat(replayed().subList(7, 14)).isEqualTo(replayed().subList(0, 7));
    }

    @Test
    void theVisitsHeadersAreRemoved() {
        loadNight();
        replayer.start();
        pass(1);

        assertThat(kafka.messages(REPLAY)).hasSize(2).allSatisfy(message -> assertThat(message.headers())
                .isEmpty());
    }

    @Test
    void thePauseIsAnnounced() {
        loadNight();
        replayer.start();
        passToSlot(1);
        pass(12);

        assertThat(plans.get(plans.size() - 1).startsIn().orElseThrow())
                .isBetween(INTERVAL.multipliedBy(3).minusSeconds(13), INTERVAL.multipliedBy(3));
    }

    @Test
    void anotherIntervalHoldsForPausesToo() {
        loadNight();
        replayer.start();
        passToSlot(1);
        pass(12);
        replayer.interval(Duration.ofSeconds(10));
        pass(17);
        assertThat(replayed()).hasSize(3);
        pass(2);

        assertThat(replayed()).hasSize(6);
    }

    /** Partitions reach a visit at different times, and some have nothing of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void visitsAreWholeAndInOrderHoweverTheyAreSpreadOverPartitions(long seed) {
        Random random = new Random(seed);
        List<Planned> night = new ArrayList<>();
        int slot = 0;
        for (int visit = 0; visit < 12; visit++) {
            night.add(new Planned((char) ('a' + visit) + "-", slot, 1 + random.nextInt(20)));
            slot += 1 + random.nextInt(3);
        }
        loadNight(night, 1 + random.nextInt(5), random);
        replayer.start();
        passToSlot(2 * slot);

        assertThat(visits).hasSizeGreaterThanOrEqualTo(20);
        List<String> all = replayed();
        int begin = 0;
        for (int visit = 0; visit < 20; visit++) {
            Planned expected = night.get(visit % 12);
            assertThat(visits.get(visit).alerts()).as("visit %d", visit).isEqualTo(expected.alerts());
            assertThat(all.subList(begin, begin + expected.alerts()))
                    .as("visit %d", visit)
                    .doesNotHaveDuplicates()
                    .allMatch(alert -> alert.startsWith(expected.name()));
            begin += expected.alerts();
        }
        for (Planned planned : night) {
            assertThat(all.stream()
                                    .filter(alert -> alert.startsWith(planned.name()))
                                    .count()
                            % planned.alerts())
                    .as("alerts of %s beyond whole visits", planned)
                    .isZero();
        }
    }

    @Test
    void aFailedVisitIsRetried() {
        loadNight();
        replayer.start();
        passToSlot(0);
        producer.refuse(new IllegalStateException("no answer from the brokers"));
        passToSlot(1);
        assertThat(count("alertstream.replayer.visits.incomplete")).isEqualTo(1);
        producer.refuse(null);
        passToSlot(2);
        assertThat(replayed()).containsExactly("a0", "a1", "b0");
        passToSlot(4);
        assertThat(replayed()).hasSize(3);
        passToSlot(5);

        assertThat(replayed()).endsWith("b0", "c0", "c1", "c2");
    }

    @Test
    void aNightLoadedInPlaceOfAnotherBeginsAtItsFirstVisit() {
        loadNight();
        replayer.start();
        passToSlot(1);
        loadNight(List.of(new Planned("x", 0, 1), new Planned("y", 1, 1)), 1, new Random(1));
        replayer.loaded();
        pass(1);
        assertThat(replayed()).endsWith("b0", "x0");
        load("single", 0);
        replayer.loaded();
        pass(1);
        pass(37);
        assertThat(replayed()).endsWith("x0", "single0", "single0");
    }

    @Test
    void aReplayerThatStartsAgainBeginsTheNightAgain() {
        loadNight();
        replayer.start();
        passToSlot(1);
        replayer.stop();
        replayer = replayer(INTERVAL, false);
        replayer.start();
        pass(1);

        assertThat(replayed()).containsExactly("a0", "a1", "b0", "a0", "a1");
    }

    @Test
    void waitsForANightThatIsStillBeingLoaded() {
        kafka.create(STATIC, 1);
        kafka.put(STATIC, null, new byte[] {'a'}, new NightMark(1, 0, 1, 2).addTo(Headers.NONE));
        replayer.start();
        pass(5);
        assertThat(replayer.ready().cause()).hasMessageContaining("1 of the 2 alerts of its night");
        kafka.put(STATIC, null, new byte[] {'b'}, new NightMark(2, 1, 1, 2).addTo(Headers.NONE));
        pass(1);
        assertThat(replayed()).containsExactly("a");
        pass(37);
        assertThat(replayed()).containsExactly("a", "b");
    }

    @Test
    void aVisitThatIsNotWhereItShouldBeIsReported() {
        kafka.create(STATIC, 1);
        kafka.put(STATIC, null, new byte[] {'a'}, new NightMark(1, 0, 2, 3).addTo(Headers.NONE));
        kafka.put(STATIC, null, new byte[] {'b'}, new NightMark(2, 1, 1, 3).addTo(Headers.NONE));
        kafka.put(STATIC, null, new byte[] {'c'}, new NightMark(1, 0, 2, 3).addTo(Headers.NONE));
        replayer.start();
        pass(1);

        assertThat(visits).isEmpty();
        assertThat(count("alertstream.replayer.visits.incomplete")).isEqualTo(1);
    }

    @Test
    void aPauseByHandEndsWithTheNextVisit() {
        loadNight();
        replayer.start();
        passToSlot(0);
        replayer.pause();
        passToSlot(3);
        assertThat(replayed()).hasSize(2);
        replayer.resume();
        pass(1);
        assertThat(replayed()).containsExactly("a0", "a1", "b0");
    }
}
