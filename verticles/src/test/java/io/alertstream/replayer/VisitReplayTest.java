package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.Headers;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.kafka.VisitHeaders;
import io.alertstream.replayer.VisitReplay.Replayed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitReplayTest {

    private static final int MESSAGE_BYTES = 100;

    private final ManualTimers timers = new ManualTimers();
    private final MemoryKafka kafka = new MemoryKafka();
    private final MemoryKafka.Producer producer = kafka.producer();
    private final MemoryKafka.Reader reader = kafka.reader();

    @BeforeEach
    void topics() {
        kafka.create("to", 4);
        kafka.create("from", 1);
    }

    private void put(int messages, long offsetMicros) {
        for (int i = 0; i < messages; i++) {
            kafka.put(
                    "from",
                    null,
                    new byte[MESSAGE_BYTES],
                    Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(offsetMicros)));
        }
    }

    private Future<Replayed> run(long readAheadBytes, long stretchBytes) {
        ReplayTarget target = new ReplayTarget("to", 4, new PartitionTurns(stretchBytes));
        ReplayerMeters meters = new ReplayerMeters(new SimpleMeterRegistry());
        return new VisitReplay(
                        timers,
                        producer,
                        Preparation.VERBATIM,
                        new Stragglers(timers, producer),
                        target,
                        meters,
                        timers.nanos(),
                        readAheadBytes)
                .run(reader, StaticVisit.whole(kafka.state("from").result().orElseThrow()));
    }

    /** Seen on a busy machine: the flush succeeded before the last acknowledgement was counted. */
    @Test
    void waitsForAcknowledgementsThatComeAfterTheFlush() {
        put(17, 0);
        producer.hold();
        producer.flushEarly();
        Future<Replayed> replayed = run(1 << 20, 1 << 20);
        assertThat(replayed.isComplete()).isFalse();
        producer.acknowledge();
        assertThat(replayed.result().alerts()).isEqualTo(17);
    }

    @Test
    void readsAheadNoMoreThanItsBound() {
        put(50, 5_000_000);
        Future<Replayed> visit = run(10 * MESSAGE_BYTES, 1);
        assertThat(reader.handedOver()).isEqualTo(10);
        timers.pass(Duration.ofSeconds(5));

        assertThat(visit.result().alerts()).isEqualTo(50);
    }

    @Test
    void setsOneTimerForAnyNumberOfMessages() {
        put(50, 5_000_000);
        run(1 << 20, 1);

        assertThat(timers.waiting()).isEqualTo(1);
    }

    @Test
    void sendsNoMoreThanTheProducerAccepts() {
        producer.hold();
        producer.limit(3);
        put(10, 0);
        Future<Replayed> visit = run(1 << 20, 1);
        assertThat(reader.handedOver()).isLessThanOrEqualTo(4);
        while (!visit.isComplete()) {
            producer.acknowledge();
        }

        assertThat(visit.result().alerts()).isEqualTo(10);
    }

    @Test
    void sendsNoMoreThanTheProducerAcceptsOfAlertsDueTogether() {
        producer.hold();
        producer.limit(3);
        put(10, 5_000_000);
        Future<Replayed> visit = run(1 << 20, 1);
        timers.pass(Duration.ofSeconds(5));
        while (!visit.isComplete()) {
            producer.acknowledge();
        }

        assertThat(visit.result().alerts()).isEqualTo(10);
        assertThat(producer.mostUnacknowledged()).isEqualTo(3);
    }

    @Test
    void spreadsMessagesEvenly() {
        put(400, 0);
        run(1 << 20, 5 * MESSAGE_BYTES);

        for (int partition = 0; partition < 4; partition++) {
            assertThat(kafka.messages("to", partition)).hasSize(100);
        }
    }
}
