package io.alertstream.ingester;

import static io.alertstream.ingester.Stream.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.ArchiveSettings;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact.AlertsArchived;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.settings.ArchiveLayout;
import io.alertstream.settings.StoreLocation;
import io.alertstream.storage.FakeGcs;
import io.alertstream.storage.FakeGcs.Fault;
import io.alertstream.storage.StoreSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of Google Cloud Storage in the middle of a visit, over HTTP, and what the audit says afterwards. */
@KafkaTest
class IngesterGcsIT {

    private static final int FAULTS = 20;
    private static final int HALF = 60;

    private final Vertx vertx = Vertx.vertx();
    private final FakeGcs gcs = new FakeGcs(vertx);
    private Stream stream;

    static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int status : new int[] {401, 403, 408, 429, 500, 502, 503, 504}) {
            faults.add(new Fault.Status(status, "planned"));
        }
        faults.add(new Fault.Reset());
        faults.add(new Fault.LostAnswer());
        return faults;
    }

    @BeforeEach
    void archiveHalfAVisit(TestKafka kafka) throws Exception {
        StoreLocation bucket = new StoreLocation.Bucket(FakeGcs.BUCKET);
        stream = new Stream(
                kafka,
                new ArchiveSettings(
                        bucket, bucket, new StoreSettings(Optional.of(gcs.address()), true, true), ArchiveLayout.V2));
        Future<AlertsArchived> half = when(told -> told.alerts() == HALF);
        await(stream.vertx.deployVerticle(new IngesterVerticle(stream.settings("group"), stream.ops())));
        stream.send(alerts(0));
        await(half);
    }

    @AfterEach
    void close() throws Exception {
        stream.close();
        gcs.close();
        await(vertx.close());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultInMidVisitLosesNothing(Fault fault) throws Exception {
        gcs.plan(Collections.nCopies(FAULTS, fault).toArray(new Fault[0]));
        Future<AlertsArchived> whole = whole();
        stream.send(alerts(HALF));

        assertThat(await(whole).deadLetters()).isZero();
        assertThat(gcs.faults).isEmpty();
        await(stream.audit());
    }

    @Test
    void aMissingBucketIsWaitedFor() throws Exception {
        gcs.bucket = "somewhere-else";
        Promise<Void> refused = Promise.promise();
        int before = (int) retries();
        long timer = stream.vertx.setPeriodic(10, id -> {
            if (retries() > before) {
                refused.tryComplete();
            }
        });
        Future<AlertsArchived> whole = whole();
        stream.send(alerts(HALF));
        await(refused.future());
        stream.vertx.cancelTimer(timer);
        gcs.bucket = FakeGcs.BUCKET;

        assertThat(await(whole).deadLetters()).isZero();
        await(stream.audit());
    }

    private double retries() {
        return stream.meters
                .get("alertstream.ingester.retries")
                .tag("dependency", "store")
                .counter()
                .count();
    }

    private Future<AlertsArchived> whole() {
        return when(told -> told.alerts() + told.duplicates() == 2 * HALF);
    }

    private static List<byte[]> alerts(int first) {
        return IntStream.range(first, first + HALF)
                .mapToObj(id -> Packets.packet(id, "cutout " + id))
                .toList();
    }

    private Future<AlertsArchived> when(Predicate<AlertsArchived> condition) {
        Promise<AlertsArchived> promise = Promise.promise();
        Bus.of(stream.vertx).on(AlertsArchived.class, told -> {
            if (condition.test(told)) {
                promise.tryComplete(told);
            }
        });
        return promise.future();
    }
}
