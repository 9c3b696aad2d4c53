package io.alertstream.replayer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Fact;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.RefusedException;
import io.alertstream.kafka.VisitHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayerTest {

    private static final String STATIC = "alerts-static";
    private static final String REPLAY = "alerts-simulated";
    private static final Duration INTERVAL = Duration.ofSeconds(37);

    private final ManualTimers timers = new ManualTimers();
    private final MemoryKafka kafka = new MemoryKafka();
    private final MemoryKafka.Producer producer = kafka.producer();
    private final MemoryKafka.Reader reader = kafka.reader();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Fact.VisitReplayed> visits = new ArrayList<>();
    private final List<Fact.VisitPlanned> plans = new ArrayList<>();
    private final List<Duration> ends = new ArrayList<>();
    private final List<Throwable> fatal = new ArrayList<>();
    private Replayer replayer;

    @BeforeEach
    void topics() {
        kafka.create(REPLAY, 8);
        replayer = replayer(INTERVAL, false);
    }

    private Replayer replayer(Duration interval, boolean paused) {
        return new Replayer(
                new ReplayerSettings(null, STATIC, REPLAY, interval, paused),
                timers,
                kafka,
                reader,
                producer,
                new ReplayerMeters(meters),
                fact -> {
                    if (fact instanceof Fact.VisitReplayed visit) {
                        visits.add(visit);
                        ends.add(now());
                    } else {
                        plans.add((Fact.VisitPlanned) fact);
                    }
                },
                fatal::add);
    }

    /** A static topic whose alerts are named after the visit. */
    private void load(String visit, double... offsetsSeconds) {
        kafka.create(STATIC, 1);
        for (int i = 0; i < offsetsSeconds.length; i++) {
            put(visit + i, offsetsSeconds[i], offsetsSeconds.length);
        }
    }

    private void put(String value, double offsetSeconds, int total) {
        kafka.put(
                STATIC,
                null,
                value.getBytes(UTF_8),
                Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(Math.round(offsetSeconds * 1e6)))
                        .and(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(total)));
    }

    private List<String> replayed() {
        return kafka.messages(REPLAY).stream()
                .map(message -> new String(message.value(), UTF_8))
                .toList();
    }

    private Duration now() {
        return Duration.ofNanos(timers.nanos());
    }

    private void pass(double seconds) {
        timers.pass(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    private double count(String meter) {
        return meters.get(meter).counter().count();
    }

    @Test
    void copiesKeyValueAndHeadersButThoseOfTheVisit() {
        byte[] key = {1, 2};
        byte[] value = {0, 0, 0, 4, 76, -1, 0, 127};
        byte[] header = {9};
        kafka.create(STATIC, 1);
        kafka.put(
                STATIC,
                key,
                value,
                Headers.of("origin", header)
                        .and("alertsim-time-offset", "0.0".getBytes(UTF_8))
                        .and("origin", key));

        replayer.start();
        pass(0);

        Message copy = kafka.messages(REPLAY).get(0);
        assertThat(copy.key()).isEqualTo(key);
        assertThat(copy.value()).isEqualTo(value);
        assertThat(copy.headers())
                .as("those of the same name as well, in their order")
                .containsExactly(new Headers.Header("origin", header), new Headers.Header("origin", key));
    }

    @Test
    void tellsWhatWasReplayed() {
        load("a", 0, 0);
        replayer.start();
        pass(0);

        assertThat(visits).containsExactly(new Fact.VisitReplayed(REPLAY, 1, 2, 4, Duration.ZERO, Duration.ZERO));
        assertThat(count("alertstream.replayer.alerts")).isEqualTo(2);
        assertThat(count("alertstream.replayer.bytes")).isEqualTo(4);
    }

    @Test
    void tellsWhenTheNextVisitStarts() {
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
    void theRateHoldsThoughVisitsStartLate() {
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
    void sendsNothingAheadOfItsTime() {
        load("a", 0, 0.5, 0.5, 0.5005, 30);
        replayer.start();
        pass(0);
        assertThat(replayed()).containsExactly("a0");
        pass(0.499);
        assertThat(replayed()).containsExactly("a0");
        pass(0.001);
        assertThat(replayed()).containsExactly("a0", "a1", "a2");
        pass(0.0005);
        assertThat(replayed()).containsExactly("a0", "a1", "a2", "a3");
        assertThat(visits).isEmpty();
        pass(29.4995);
        assertThat(visits).hasSize(1);
        assertThat(visits.get(0).took()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void putsAlertsIntoTheOrderOfTheirTimes() {
        load("a", 2, 1, 0);
        replayer.start();
        pass(2);

        assertThat(replayed()).containsExactly("a2", "a1", "a0");
    }

    @Test
    void aVisitLongerThanTheIntervalIsFollowedAtOnceByTheNext() {
        load("a", 0, 50);
        replayer.start();
        pass(50 + 50 + 50);

        assertThat(ends).containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(100), Duration.ofSeconds(150));
        assertThat(count("alertstream.replayer.overruns")).isEqualTo(3);
    }

    @Test
    void waitsForATopicThatIsMissingEmptyOrIncomplete() {
        replayer.start();
        pass(5);
        assertThat(replayer.ready().cause()).hasMessageContaining("doesn't exist");
        kafka.create(STATIC, 1);
        pass(5);
        assertThat(replayer.ready().cause()).hasMessageContaining("is empty");
        put("a0", 0, 2);
        pass(5);
        assertThat(replayer.ready().cause()).hasMessageContaining("1 of the 2 alerts");
        assertThat(replayed()).isEmpty();
        put("a1", 0, 2);
        pass(1);

        assertThat(replayed()).containsExactly("a0", "a1");
        assertThat(replayer.ready().succeeded()).isTrue();
        pass(36);
        assertThat(visits).hasSize(1);
        pass(1);
        assertThat(visits).hasSize(2);
    }

    @Test
    void waitsForTheReplayTopic() {
        kafka.delete(REPLAY);
        load("a", 0);
        replayer.start();
        pass(5);
        assertThat(replayer.ready().cause()).hasMessageContaining(REPLAY);
        kafka.create(REPLAY, 1);
        pass(1);

        assertThat(visits).hasSize(1);
    }

    @Test
    void takesATopicThatSaysNothingOfItsVisitAsItIs() {
        kafka.create(STATIC, 1);
        kafka.put(STATIC, null, new byte[] {1}, Headers.NONE);
        replayer.start();
        pass(0);

        assertThat(visits).hasSize(1);
    }

    /** A visit too large to be read ahead, an alert every ten seconds. */
    private void loadLarge(int alerts) {
        kafka.create(STATIC, 1);
        for (int i = 0; i < alerts; i++) {
            kafka.put(
                    STATIC,
                    null,
                    new byte[20 << 20],
                    Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(i * 10_000_000L)));
        }
    }

    @Test
    void aVisitOfATopicThatIsRecreatedIsNotCountedAndTheNextIsTheNewOneWhole() {
        loadLarge(6);
        replayer.start();
        pass(11);
        load("new", 0, 1, 2, 3);
        pass(40);

        assertThat(count("alertstream.replayer.visits.incomplete")).isEqualTo(1);
        assertThat(visits).hasSize(1);
        assertThat(visits.get(0).alerts()).isEqualTo(4);
        assertThat(replayed()).endsWith("new0", "new1", "new2", "new3");
    }

    @Test
    void aVisitThatWasReadWholeIsFinishedThoughItsTopicIsRecreated() {
        load("old", 0, 10, 20);
        replayer.start();
        pass(11);
        load("new", 0);
        pass(36);

        assertThat(visits).extracting(Fact.VisitReplayed::alerts).containsExactly(3L, 1L);
        assertThat(replayed()).containsExactly("old0", "old1", "old2", "new0");
    }

    @Test
    void aLoadedVisitStartsAtOnceAndTheRateGoesOnFromThere() {
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
    void aVisitLoadedDuringAnotherStartsWhenThatHasEnded() {
        load("old", 0, 5);
        replayer.start();
        pass(1);
        load("new", 0, 0, 0);
        replayer.loaded();
        pass(4);

        assertThat(visits).extracting(Fact.VisitReplayed::alerts).containsExactly(2L, 3L);
    }

    @Test
    void hearingOfAVisitThatIsKnownAlreadyLeavesTheScheduleAlone() {
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
    void aVisitThatWasReadAheadButHasNotBegunIsPausedToo() {
        load("a", 0);
        replayer.start();
        pass(36.5);
        replayer.pause();
        pass(100);

        assertThat(visits).hasSize(1);
        assertThat(count("alertstream.replayer.visits.incomplete")).isZero();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void beginsPausedIfToldSo() {
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
    void anIntervalThatGrowsWhileAVisitIsLookedForHoldsForIt() {
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
    void aVisitThatWasNotAcknowledgedIsNotCounted() {
        load("a", 0, 1);
        replayer.start();
        pass(0);
        producer.refuse(new IllegalStateException("topic alerts-simulated: timed out"));
        pass(1);
        producer.refuse(null);
        assertThat(visits).isEmpty();
        assertThat(count("alertstream.replayer.visits.incomplete")).isEqualTo(1);
        pass(37);

        assertThat(visits).hasSize(1);
        assertThat(fatal).isEmpty();
    }

    @Test
    void aVisitIsNotCountedBeforeItsLastAcknowledgement() {
        producer.hold();
        load("a", 0, 0);
        replayer.start();
        pass(1);
        assertThat(visits).isEmpty();
        assertThat(meters.get("alertstream.replayer.in.flight").gauge().value()).isEqualTo(4);
        producer.acknowledge();

        assertThat(visits).hasSize(1);
        assertThat(meters.get("alertstream.replayer.in.flight").gauge().value()).isZero();
    }

    @Test
    void aRefusalIsFatal() {
        RefusedException refused = new RefusedException("no right to write to alerts-simulated", null);
        producer.refuse(refused);
        load("a", 0);
        replayer.start();
        pass(0);

        assertThat(fatal).containsExactly(refused);
    }

    @Test
    void anOutageIsWaitedFor() {
        kafka.outage(new IllegalStateException("no answer from the brokers"));
        load("a", 0);
        replayer.start();
        pass(30);
        assertThat(replayer.ready().cause()).hasMessageContaining("no answer from the brokers");
        kafka.outage(null);
        pass(1);

        assertThat(visits).hasSize(1);
    }

    @Test
    void aDamagedOffsetIsReportedWithItsPlace() {
        kafka.create(STATIC, 1);
        kafka.put(STATIC, null, new byte[] {1}, Headers.of(VisitHeaders.TIME_OFFSET, "soon".getBytes(UTF_8)));
        replayer.start();
        pass(0);

        assertThat(visits).isEmpty();
        assertThat(count("alertstream.replayer.visits.incomplete")).isEqualTo(1);
    }

    @Test
    void followsAReplayTopicThatGrows() {
        load("a", 0);
        kafka.create(REPLAY, 1);
        replayer.start();
        pass(0);
        kafka.addPartition(REPLAY);
        pass(37);

        assertThat(visits).hasSize(2);
    }

    @Test
    void stopsWithWhatIsInFlightAcknowledged() {
        producer.hold();
        load("a", 0, 10);
        replayer.start();
        pass(1);
        Future<Void> stopped = replayer.stop();
        assertThat(stopped.isComplete()).isFalse();
        producer.acknowledge();

        assertThat(stopped.succeeded()).isTrue();
        assertThat(replayed()).containsExactly("a0");
        assertThat(visits).isEmpty();
        pass(100);
        assertThat(replayed()).containsExactly("a0");
    }
}
