package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

/** A readiness probe that coincides with a visit's timer while Kafka is slow to answer. */
class ReplayerOverlapTest extends ReplayerFixture {

    /** A visit is about to start, and Kafka answers the probe's look after the visit's own. */
    private void probeDuringTheLook() {
        load("a", 0, 10);
        replayer.start();
        pass(35);
        Runnable answerProbe = kafka.holdLooks();
        replayer.ready();
        Runnable answerTurn = kafka.holdLooks();
        pass(1.5);
        answerTurn.run();
        answerProbe.run();
    }

    @Test
    void aVisitStopsAlthoughAProbeWasAnsweredLate() {
        probeDuringTheLook();
        pass(1);
        Future<Void> stopped = replayer.stop();
        pass(100);

        assertThat(stopped.succeeded()).isTrue();
        assertThat(replayed()).containsExactly("a0", "a1", "a0");
    }

    @Test
    void aPendingVisitPausesAlthoughAProbeWasAnsweredLate() {
        probeDuringTheLook();
        replayer.pause();
        pass(100);

        assertThat(replayed()).containsExactly("a0", "a1");
    }

    @Test
    void visitsDontOverlapAlthoughAProbeWasAnsweredLate() {
        load("a", 0, 50);
        replayer.start();
        Runnable answerProbe = kafka.holdLooks();
        replayer.ready();
        Runnable answerTurn = kafka.holdLooks();
        pass(0.5);
        answerTurn.run();
        answerProbe.run();
        pass(48);

        assertThat(replayed()).containsExactly("a0");
    }

    @Test
    void aProbeDoesNotQueryKafka() {
        load("a", 0);
        replayer.start();
        pass(2);
        int looks = kafka.looks();
        assertThat(replayer.ready().succeeded()).isTrue();

        assertThat(kafka.looks()).isEqualTo(looks);
    }
}
