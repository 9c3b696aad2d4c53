package io.alertstream.replayer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.RefusedException;
import io.alertstream.kafka.VisitHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Visits whose topics are missing, change or hold bad data, or whose Kafka is unavailable or refuses access. */
class ReplayerTopicsTest extends ReplayerFixture {

    @Test
    void waitsForAMissingEmptyOrIncompleteTopic() {
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
    void replaysATopicWithoutAVisitSize() {
        kafka.create(STATIC, 1);
        kafka.put(STATIC, null, new byte[] {1}, Headers.NONE);
        replayer.start();
        pass(0);

        assertThat(visits).hasSize(1);
    }

    /** Loads a visit too large to be read ahead, with an alert every ten seconds. */
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
    void aVisitOfARecreatedTopicIsDroppedAndTheNewOneReplayedWhole() {
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
    void aShortVisitIsFinishedAlthoughItsTopicIsRecreated() {
        load("old", 0, 2, 4);
        replayer.start();
        pass(1);
        load("new", 0);
        pass(36);

        assertThat(visits).extracting(Fact.VisitReplayed::alerts).containsExactly(3L, 1L);
        assertThat(replayed()).containsExactly("old0", "old1", "old2", "new0");
    }

    /** Starts a visit of two alerts twelve hours apart, both of which are read ahead. */
    private void loadHalfADay() {
        load("old", 0, 43_200);
        replayer.start();
        pass(30);
    }

    @Test
    void aVisitOfADeletedTopicIsDroppedAndReported() {
        loadHalfADay();
        kafka.delete(STATIC);
        List<String> warnings = warnings(() -> pass(10));

        assertThat(warnings).singleElement(as(STRING)).contains("dropped after 1 alerts", STATIC + " was deleted");
        assertThat(replayer.ready().cause()).hasMessageContaining("topic " + STATIC + " doesn't exist");
        assertThat(count("alertstream.replayer.visits.incomplete")).isEqualTo(1);
        pass(100_000);
        assertThat(replayed()).containsExactly("old0");
    }

    @Test
    void aLoadedVisitDoesNotWaitForOneOfHalfADay() {
        loadHalfADay();
        load("new", 0, 1);
        replayer.loaded();
        pass(12);

        assertThat(visits).extracting(Fact.VisitReplayed::alerts).containsExactly(2L);
        assertThat(replayed()).containsExactly("old0", "new0", "new1");
        assertThat(replayer.ready().succeeded()).isTrue();
    }

    @Test
    void aTopicDeletedBetweenVisitsIsNotReady() {
        load("a", 0);
        replayer.start();
        pass(1);
        kafka.delete(STATIC);
        pass(10);

        assertThat(replayer.ready().cause()).hasMessageContaining("topic " + STATIC + " doesn't exist");
    }

    @Test
    void anUnresponsiveKafkaIsNotReady() {
        load("a", 0);
        replayer.start();
        pass(1);
        kafka.holdLooks();
        pass(10);
        assertThat(replayer.ready().succeeded()).isTrue();
        pass(30);

        assertThat(replayer.ready().cause()).hasMessageContaining("Kafka hasn't answered for");
    }

    @Test
    void anOutageDuringAVisitIsNotReadyAndDropsNothing() {
        load("a", 0, 30);
        replayer.start();
        pass(5);
        kafka.outage(new IllegalStateException("no answer from the brokers"));
        pass(10);
        assertThat(replayer.ready().cause()).hasMessageContaining("no answer from the brokers");
        kafka.outage(null);
        pass(10);
        assertThat(replayer.ready().succeeded()).isTrue();
        pass(5);

        assertThat(visits).hasSize(1);
    }

    @Test
    void aDamagedTimeOffsetIsReportedWithItsPosition() {
        kafka.create(STATIC, 1);
        kafka.put(STATIC, null, new byte[] {1}, Headers.NONE);
        kafka.put(STATIC, null, new byte[] {2}, Headers.of(VisitHeaders.TIME_OFFSET, "soon".getBytes(UTF_8)));
        List<String> warnings = warnings(() -> {
            replayer.start();
            pass(0);
        });

        assertThat(visits).isEmpty();
        assertThat(count("alertstream.replayer.visits.incomplete")).isEqualTo(1);
        assertThat(warnings)
                .singleElement(as(STRING))
                .contains("dropped after 1 alerts")
                .contains(STATIC + "-0@1: expected " + VisitHeaders.TIME_OFFSET)
                .contains("\"soon\"");
    }

    /** The replayer's warnings during an action. */
    private static List<String> warnings(Runnable meanwhile) {
        Logger logger = (Logger) LoggerFactory.getLogger(ReplayReports.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            meanwhile.run();
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void usesAddedPartitionsOfTheReplayTopic() {
        kafka.create(STATIC, 1);
        // The number of bytes that a partition gets before the next one's turn.
        kafka.put(STATIC, null, new byte[1 << 20], Headers.NONE);
        kafka.create(REPLAY, 1);
        replayer.start();
        pass(0);
        kafka.addPartition(REPLAY);
        pass(37);

        assertThat(visits).hasSize(2);
        assertThat(kafka.messages(REPLAY, 0)).hasSize(1);
        assertThat(kafka.messages(REPLAY, 1)).hasSize(1);
    }

    @Test
    void anOutageIsWaitedOut() {
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
    void aRefusalIsFatal() {
        RefusedException refused = new RefusedException("no right to write to alerts-simulated", null);
        producer.refuse(refused);
        load("a", 0);
        replayer.start();
        pass(0);

        assertThat(fatal).containsExactly(refused);
    }
}
