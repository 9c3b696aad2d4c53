package io.alertstream.ingester;

import static io.alertstream.ingester.Stream.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.ArchiveLayout;
import io.alertstream.archive.ArchiveSettings;
import io.alertstream.archive.GzipCodec;
import io.alertstream.archive.Origin;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact.AlertsArchived;
import io.alertstream.local.TestKafka;
import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.FakeBucket;
import io.alertstream.storage.FakeBucket.Fault;
import io.alertstream.storage.StoreLocation;
import io.alertstream.storage.StoreLocation.Access;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults of a bucket over HTTP, each in the middle of a visit and followed by an audit. One ingester survives all of
 * them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BucketFaults {

    private static final int HALF = 20;

    private final Vertx vertx = Vertx.vertx();
    private FakeBucket bucket;
    private Stream stream;
    private AlertArchive archive;
    private int sent;

    /** A lasting fault, and what /ready says about it. */
    record Lasting(Fault fault, String says) {

        static Lasting status(int code, String reason, String says) {
            return new Lasting(new Fault.Status(code, reason), says);
        }
    }

    /** Lasting faults, as this kind of bucket reports them. */
    abstract List<Lasting> lastingFaults();

    /** What is reported about an object that arrives damaged. */
    abstract String damage();

    /** Opens an empty bucket. */
    abstract FakeBucket open(Vertx vertx) throws Exception;

    /** Faults that lose the answer to a request that succeeded: the retry finds the object. */
    static List<Fault> faultsOfAnswers() {
        return List.of(new Fault.LostAnswer(), new Fault.CutAnswer());
    }

    /** Faults while an existing object is read for comparison. */
    List<Lasting> faultsOfReading() {
        return List.of(new Lasting(new Fault.CutBody(), "can't read"), new Lasting(new Fault.FlippedBit(), damage()));
    }

    @BeforeAll
    void open(TestKafka kafka) throws Exception {
        bucket = open(vertx);
        StoreLocation location = bucket.location();
        stream = new Stream(kafka, new ArchiveSettings(location, location, Access.READ_WRITE, ArchiveLayout.V2));
        archive = stream.archive();
        await(stream.vertx.deployVerticle(new IngesterVerticle(
                stream.settings(getClass().getSimpleName()), stream.ops(), this::archive, Stream.QUICK)));
    }

    private AlertArchive archive(Vertx of) {
        BucketLimits hasty = new BucketLimits(16, Duration.ofMillis(500), Duration.ofSeconds(30), 16 << 20);
        return new AlertArchive(
                of, bucket.open(of, hasty), bucket.open(of, hasty), ArchiveLayout.V2, GzipCodec.fastest());
    }

    @AfterAll
    void close() throws Exception {
        await(archive.close());
        stream.close();
        bucket.close();
        await(vertx.close());
    }

    /** Also after a failed test, so that its fault doesn't affect the next one. */
    @AfterEach
    void mend() {
        bucket.mend();
    }

    @ParameterizedTest
    @MethodSource("lastingFaults")
    void aLastingFaultIsReportedAndWaitedOut(Lasting lasting) throws Exception {
        firstHalf();
        bucket.last(lasting.fault());
        Future<AlertsArchived> whole = secondHalf();
        stream.awaitUnready(lasting.says());
        bucket.mend();

        nothingIsLost(whole);
    }

    @ParameterizedTest
    @MethodSource("faultsOfAnswers")
    void anIncompleteAnswerLosesNothing(Fault fault) throws Exception {
        firstHalf();
        bucket.last(fault);
        Future<AlertsArchived> whole = secondHalf();
        await(whole);
        bucket.mend();

        nothingIsLost(whole);
    }

    @ParameterizedTest
    @MethodSource("faultsOfReading")
    void comparisonsNeedTheWholeObject(Lasting lasting) throws Exception {
        firstHalf();
        List<Future<?>> before = new ArrayList<>();
        for (int id = sent; id < sent + HALF; id++) {
            before.add(archive.putAlert(id, packet(id), new Origin(stream.topic, 0, 0, SmallAlerts.SCHEMA_ID)));
        }
        await(Future.all(before));
        bucket.last(lasting.fault());
        Future<AlertsArchived> whole = secondHalf();
        stream.awaitUnready(lasting.says());
        bucket.mend();

        nothingIsLost(whole);
    }

    private void firstHalf() throws Exception {
        await(secondHalf());
        stream.awaitReady();
    }

    /** Sends {@link #HALF} more alerts; completes when everything sent so far is archived and committed. */
    private Future<AlertsArchived> secondHalf() throws Exception {
        Promise<AlertsArchived> promise = Promise.promise();
        int first = sent;
        sent += HALF;
        int all = sent;
        Bus.of(stream.vertx).on(AlertsArchived.class, totals -> {
            if (totals.alerts() + totals.duplicates() == all) {
                promise.tryComplete(totals);
            }
        });
        stream.send(IntStream.range(first, all).mapToObj(BucketFaults::packet).toList());
        return promise.future();
    }

    private static byte[] packet(int id) {
        return SmallAlerts.packet(id, "cutout " + id);
    }

    private void nothingIsLost(Future<AlertsArchived> whole) throws Exception {
        assertThat(await(whole).deadLetters()).isZero();
        assertThat(bucket.befallen).hasPositiveValue();
        stream.awaitReady();
        await(stream.audit());
    }
}
