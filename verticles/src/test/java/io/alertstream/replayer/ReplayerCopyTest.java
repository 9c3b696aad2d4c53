package io.alertstream.replayer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Fact;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a visit is copied: each alert unchanged and on time, and counted once it is acknowledged. */
class ReplayerCopyTest extends ReplayerFixture {

    @Test
    void copiesKeyValueAndHeadersExceptTheVisits() {
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
                .as("headers, including two of the same name, in order")
                .containsExactly(new Headers.Header("origin", header), new Headers.Header("origin", key));
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
    void sortsAlertsByTheirTimes() {
        load("a", 2, 1, 0);
        replayer.start();
        pass(2);

        assertThat(replayed()).containsExactly("a2", "a1", "a0");
    }

    /** Thirty, because a heap may keep a few equal elements in order by chance. */
    @Test
    void alertsOfTheSameTimeKeepTheirOrder() {
        load("a", DoubleStream.generate(() -> 1).limit(30).toArray());
        replayer.start();
        pass(1);

        assertThat(replayed())
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> "a" + i).toList());
    }

    @Test
    void reportsWhatWasReplayed() {
        load("a", 0, 0);
        replayer.start();
        pass(0);

        assertThat(visits).containsExactly(new Fact.VisitReplayed(REPLAY, 1, 2, 4, Duration.ZERO, Duration.ZERO));
        assertThat(count("alertstream.replayer.alerts")).isEqualTo(2);
        assertThat(count("alertstream.replayer.bytes")).isEqualTo(4);
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
    void anUnacknowledgedVisitIsNotCounted() {
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
    void stopsAfterMessagesInFlightAreAcknowledged() {
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
