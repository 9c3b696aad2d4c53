package io.alertstream.ingester;

import static io.alertstream.ingester.SmallAlerts.SCHEMA;
import static io.alertstream.ingester.SmallAlerts.SCHEMA_ID;
import static io.alertstream.ingester.SmallAlerts.TOPIC;
import static io.alertstream.ingester.SmallAlerts.alert;
import static io.alertstream.ingester.SmallAlerts.message;
import static io.alertstream.ingester.SmallAlerts.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.ingester.FaultyStore.Fault;
import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each alert is archived once, after its schema, even while the store or the registry fails. */
class IngesterArchivingTest extends IngesterFixture {

    @Test
    void commitsAfterAlertsAreArchived() throws Exception {
        Promise<Fact.AlertsArchived> fact = Promise.promise();
        Bus.of(vertx).on(Fact.AlertsArchived.class, totals -> {
            if (totals.alerts() == 100) {
                fact.tryComplete(totals);
            }
        });
        deliver(IntStream.range(0, 100).mapToObj(i -> alert(0, i)).toList());

        await(consumer.committed(0, 100));

        assertThat(alerts.objects).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(archived(i)).isEqualTo(packet(i, "cutout"));
        }
        assertThat(await(archive.schema(SCHEMA_ID))).contains(SCHEMA);
        assertThat(asked).hasValue(1);
        assertThat(await(fact.future()).latestIds())
                .hasSize(8)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).isBetween(0L, 99L));
        assertThat(count("alerts", "result", "stored")).isEqualTo(100);
    }

    @Test
    void theSchemaIsStoredBeforeTheFirstAlertThatUsesIt() throws Exception {
        Promise<Void> gate = schemaStore.close(Promise.promise());
        deliver(List.of(alert(0, 1)));
        await(schemaStore.created(1));
        deliver(List.of(alert(0, 2)));
        settle();
        assertThat(store.creations()).isZero();

        onContext(() -> gate.complete());
        await(consumer.committed(0, 3));
        assertThat(schemas.objects).containsOnlyKeys("v2/schemas/900.json");
        assertThat(alerts.objects).hasSize(2);
    }

    @Test
    void aReformattedSchemaIsTheSameSchema() throws Exception {
        await(archive.putSchema(SCHEMA_ID, SCHEMA.replace(" ", "")));
        deliver(List.of(alert(0, 0)));
        await(consumer.committed(0, 1));
        assertThat(producer.sent).isEmpty();
        assertThat(alerts.objects).hasSize(1);
    }

    @Test
    void aRepeatedVisitCostsNothing() throws Exception {
        deliver(IntStream.range(0, 50).mapToObj(i -> alert(0, i)).toList());
        await(consumer.committed(0, 50));
        int requests = alerts.requests.size();

        deliver(IntStream.range(0, 50)
                .mapToObj(i -> message(0, 50 + i, packet(i, "cutout")))
                .toList());
        await(consumer.committed(0, 100));

        assertThat(alerts.requests).hasSize(requests);
        assertThat(count("alerts", "result", "recent")).isEqualTo(50);
    }

    @Test
    void anArchivedAlertIsADuplicate() throws Exception {
        await(archive.putAlert(7, packet(7, "cutout"), new Origin(TOPIC, 0, 0, SCHEMA_ID)));
        deliver(List.of(alert(0, 7)));
        await(consumer.committed(0, 8));
        assertThat(count("alerts", "result", "duplicate")).isEqualTo(1);
        assertThat(producer.sent).isEmpty();
    }

    @Test
    void storeFaultsAreWaitedOutWhileReadingPauses() throws Exception {
        store.fail(200, Fault.REFUSED, Remedy.RETRY);
        deliver(IntStream.range(0, 40).mapToObj(i -> alert(0, i)).toList());
        await(consumer.paused(true));
        assertThat(consumer.committed).isEmpty();

        await(consumer.committed(0, 40));
        await(consumer.paused(false));
        assertThat(alerts.objects).hasSize(40);
        assertThat(count("retries", "dependency", "store")).isEqualTo(200);
    }

    @Test
    void aLostAnswerOfASuccessIsNotAConflict() throws Exception {
        store.fail(10, Fault.ANSWER_LOST, Remedy.RETRY);
        deliver(IntStream.range(0, 20).mapToObj(i -> alert(0, i)).toList());
        await(consumer.committed(0, 20));
        assertThat(alerts.objects).hasSize(20);
        assertThat(producer.sent).isEmpty();
    }

    @Test
    void faultsForAnOperatorAreWaitedOutToo() throws Exception {
        store.fail(Integer.MAX_VALUE, Fault.REFUSED, Remedy.OPERATOR);
        deliver(List.of(alert(0, 0)));
        await(consumer.paused(true));
        store.mend();
        await(consumer.committed(0, 1));
        await(consumer.paused(false));
    }

    @Test
    void anUnavailableRegistryIsWaitedFor() throws Exception {
        registry = id -> asked.get() < 5
                ? Future.failedFuture(new IllegalStateException("no answer"))
                : Future.succeededFuture(SCHEMA);
        deliver(List.of(alert(0, 0), alert(0, 1)));
        await(consumer.paused(true));
        await(consumer.committed(0, 2));
        assertThat(producer.sent).isEmpty();
        assertThat(asked).hasValue(5);
        assertThat(count("retries", "dependency", "registry")).isEqualTo(4);
    }
}
