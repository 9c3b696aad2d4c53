package io.alertstream.ingester;

import static io.alertstream.ingester.SmallAlerts.TOPIC;
import static io.alertstream.ingester.SmallAlerts.alert;
import static io.alertstream.ingester.SmallAlerts.message;
import static io.alertstream.ingester.SmallAlerts.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.kafka.Lag;
import io.alertstream.kafka.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ingester as a member of its consumer group: how much it reads, what it commits, and when it is ready. */
class IngesterConsumerTest extends IngesterFixture {

    @Test
    void readingPausesWhileTheBufferIsFull() throws Exception {
        Promise<Void> gate = store.close(Promise.promise());
        deliver(IntStream.range(0, 40)
                .mapToObj(i -> message(0, i, packet(i, "c".repeat(1000))))
                .toList());
        assertThat(consumer.paused).isFalse();
        deliver(IntStream.range(40, 60)
                .mapToObj(i -> message(0, i, packet(i, "c".repeat(1000))))
                .toList());
        await(consumer.paused(true));
        onContext(() -> gate.complete());
        await(consumer.committed(0, 60));
        await(consumer.paused(false));
    }

    @Test
    void emptyMessagesFillTheBufferToo() throws Exception {
        Promise<String> answer = Promise.promise();
        registry = id -> answer.future();
        deliver(IntStream.range(0, 100)
                .mapToObj(i -> message(0, i, new byte[] {0, 0, 0, 3, (byte) 0x84}))
                .toList());
        await(consumer.paused(true));
    }

    @Test
    void noMoreAlertsAreCompressedThanTheStoreAccepts() throws Exception {
        // Makes the schema known: a batch examined while its schema arrives is split, and may fall short of the limit.
        deliver(List.of(alert(0, 0)));
        await(consumer.committed(0, 1));
        Promise<Void> gate = store.close(Promise.promise());
        deliver(IntStream.range(1, 2001).mapToObj(i -> alert(0, i)).toList());
        await(store.created(1 + 256));
        settle();
        assertThat(store.creations()).isEqualTo(1 + 256);
        onContext(() -> gate.complete());
        await(consumer.committed(0, 2001));
    }

    @Test
    void aFailedCommitIsRetried() throws Exception {
        consumer.commitFailure = new IllegalStateException("rebalance in progress");
        deliver(List.of(alert(0, 0)));
        await(consumer.commitsFailed(2));
        assertThat(consumer.committed).isEmpty();
        consumer.commitFailure = null;
        await(consumer.committed(0, 1));
        assertThat(fatal.future().isComplete()).isFalse();
    }

    @Test
    void aRefusedCommitEndsTheProcess() throws Exception {
        consumer.commitFailure = new RefusedException("group not allowed", null);
        deliver(List.of(alert(0, 0)));
        assertThat(await(fatal.future())).isSameAs(consumer.commitFailure);
    }

    @Test
    void aFailedConsumerEndsTheProcess() throws Exception {
        RuntimeException refused = new RefusedException("not allowed to read", null);
        onContext(() -> consumer.listener.failed(refused));
        assertThat(await(fatal.future())).isSameAs(refused);
    }

    @Test
    void itIsNotLiveWhenNoPollEnds() {
        assertThat(liveness.trouble()).isEmpty();
        consumer.sinceLastPoll = Duration.ofMinutes(5);
        assertThat(liveness.trouble()).hasValue("consumer stuck, its last poll ended 300 s ago");
    }

    @Test
    void revokedPartitionsAreNotCommitted() throws Exception {
        Promise<Void> gate = store.close(Promise.promise());
        deliver(List.of(alert(0, 0)));
        onContext(() -> {
            consumer.listener.revoked(Set.of(ZERO));
            consumer.listener.assigned(Set.of(new Partition(TOPIC, 1)));
        });
        onContext(() -> gate.complete());
        deliver(List.of(alert(1, 5)));
        await(consumer.committed(1, 6));
        assertThat(consumer.committed).containsOnlyKeys(new Partition(TOPIC, 1));
    }

    @Test
    void aStopWaitsForAlertsInFlightAndCommitsThem() throws Exception {
        Promise<Void> gate = store.close(Promise.promise());
        deliver(List.of(alert(0, 0)));
        Future<Void> stopped = onContext(() -> ingester.stop());
        await(consumer.paused(true));
        deliver(List.of(alert(0, 1)));
        assertThat(stopped.isComplete()).isFalse();

        onContext(() -> gate.complete());
        await(stopped);
        assertThat(consumer.committed).containsEntry(ZERO, 1L);
        assertThat(alerts.objects).hasSize(1);
    }

    @Test
    void withoutKafkaItIsNotReadyAndItsLagIsUnknown() throws Exception {
        await(consumer.lagAsked(2));
        await(ingester.assigned());
        assertThat(lag()).isZero();

        consumer.lag = Future.failedFuture(new IllegalStateException("no broker"));
        await(consumer.lagAsked(2));
        await(ingester.assigned());
        clock.advance(BrokerReachability.PATIENCE.plusSeconds(1));
        await(consumer.lagAsked(2));

        assertThat(ingester.assigned().cause())
                .hasMessageContaining("Kafka unreachable since")
                .hasMessageContaining("no broker");
        assertThat(lag()).isNaN();
        assertThat(meters.get("alertstream.ingester.lag.age").gauge().value()).isNaN();

        consumer.lag = Future.succeededFuture(new Lag(7, 1));
        await(consumer.lagAsked(3));
        await(ingester.assigned());
        assertThat(lag()).isEqualTo(7);
    }

    private double lag() {
        return meters.get("alertstream.ingester.lag").gauge().value();
    }
}
