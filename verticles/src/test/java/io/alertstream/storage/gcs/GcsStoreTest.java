package io.alertstream.storage.gcs;

import static io.alertstream.storage.gcs.FakeGcs.BUCKET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.retry.Backoff;
import io.alertstream.retry.Retry;
import io.alertstream.retry.RetryPolicy;
import io.alertstream.storage.FakeBucket.Fault;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.ObjectStoreContract;
import io.alertstream.storage.PooledStore;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.UnusableObjectException;
import io.alertstream.storage.gcs.FakeGcs.Stored;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a GCS store guarantees beyond the contract, over HTTP, and how it handles faults. */
class GcsStoreTest extends ObjectStoreContract {

    private FakeGcs gcs;

    @Override
    protected ObjectStore open() {
        gcs = new FakeGcs(vertx);
        return open(BUCKET, Duration.ofSeconds(15));
    }

    private ObjectStore open(String bucket, Duration readTimeout) {
        GcsLocation location = new GcsLocation(bucket, new GcsSettings(Optional.of(gcs.address()), true));
        GcsObjects objects = new GcsObjects(location, Access.READ_WRITE, 8, readTimeout, 16 << 20);
        return new PooledStore(vertx, objects, "gcs", 8, Duration.ofSeconds(15), Duration.ofSeconds(15));
    }

    @AfterEach
    void closeGcs() {
        gcs.close();
    }

    @Test
    void anObjectCarriesItsChecksumTypeAndOrigin() {
        create(NAME, bytes(1000));

        Stored stored = gcs.objects.get(NAME);
        assertThat(stored.content()).isEqualTo(bytes(1000));
        assertThat(stored.about().getString("contentType")).isEqualTo("application/gzip");
        assertThat(stored.about().getString("crc32c")).isEqualTo(FakeGcs.crc32c(bytes(1000)));
        assertThat(stored.about().getJsonObject("metadata").getString("topic")).isEqualTo("alerts-simulated");
        assertThat(gcs.last.getHeader("Content-Encoding"))
                .as("compressed a second time")
                .isNull();
    }

    static List<Fault> faultsThatPass() {
        return List.of(
                new Fault.Status(408, "timeout"),
                new Fault.Status(429, "rateLimitExceeded"),
                new Fault.Status(500, "internalError"),
                new Fault.Status(502, "badGateway"),
                new Fault.Status(503, "backendError"),
                new Fault.Status(504, "gatewayTimeout"),
                new Fault.Status(403, "rateLimitExceeded"),
                new Fault.Reset());
    }

    @ParameterizedTest
    @MethodSource("faultsThatPass")
    void aTransientFaultIsReportedOnceAndPasses(Fault fault) {
        create("other", bytes(10));
        gcs.plan(fault);
        assertFails(() -> create(NAME, bytes(10)), Remedy.RETRY, "can't create " + NAME);
        assertThat(create(NAME, bytes(10))).isEqualTo(Creation.CREATED);

        gcs.plan(fault);
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(10));

        gcs.plan(fault);
        assertFails(() -> await(store.check()), Remedy.RETRY, "can't list");
        await(store.check());
        assertThat(gcs.requests).as("requests, none retried by the client").hasValue(7);
    }

    @Test
    void aSilentStoreIsRetried() {
        create(NAME, bytes(10));
        ObjectStore hasty = open(BUCKET, Duration.ofMillis(200));
        gcs.plan(new Fault.Silence(), new Fault.Silence(), new Fault.Silence());

        assertFails(() -> await(hasty.read(NAME)), Remedy.RETRY, "SocketTimeoutException");
        assertFails(() -> await(hasty.check()), Remedy.RETRY, "SocketTimeoutException");
        assertFails(
                () -> await(hasty.create("other", bytes(1), "text/plain", Map.of())),
                Remedy.RETRY,
                "SocketTimeoutException");

        await(hasty.close());
    }

    @Test
    void aTruncatedBodyIsReadAgain() {
        create(NAME, bytes(60_000));
        gcs.plan(new Fault.CutBody());

        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);

        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(60_000));
    }

    @Test
    void aBodyDamagedInTransitIsReadAgain() {
        create(NAME, bytes(60_000));
        gcs.plan(new Fault.FlippedBit());

        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "Mismatch checksum value");

        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(60_000));
    }

    @Test
    void aBodyWithoutAChecksumIsReadAgain() {
        create(NAME, bytes(60_000));
        for (Fault fault : List.of(new Fault.NoHash(), new Fault.Page())) {
            gcs.plan(fault);
            assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "the response has no checksum");

            gcs.plan(fault);
            assertThat(await(retry().call(() -> store.read(NAME)))).get().isEqualTo(bytes(60_000));
        }
    }

    /** Each answer is checked against its own checksum, however many arrive concurrently. */
    @Test
    void concurrentReadsAreVerifiedSeparately() {
        for (int i = 0; i < 50; i++) {
            create("v2/" + i, bytes(1000 + i));
        }
        List<Future<Optional<byte[]>>> reads = IntStream.range(0, 500)
                .mapToObj(i -> store.read("v2/" + i % 50))
                .toList();

        for (int i = 0; i < 500; i++) {
            assertThat(await(reads.get(i))).get().isEqualTo(bytes(1000 + i % 50));
        }
    }

    @Test
    void aLostAnswerOfASuccessIsDetectedOnRetry() {
        gcs.plan(new Fault.LostAnswer());

        Creation creation = await(retry().call(() -> store.create(NAME, bytes(1000), "application/gzip", Map.of())));

        assertThat(creation).isEqualTo(Creation.EXISTS);
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(1000));
    }

    @ParameterizedTest
    @CsvSource({
        "401, authError, credentials were refused",
        "403, forbidden, roles/storage.objectViewer",
        "400, invalid, 'status 400: planned'",
    })
    void faultsForAnOperatorSayWhatToDo(int code, String reason, String message) {
        Fault fault = new Fault.Status(code, reason);
        gcs.plan(fault, fault, fault);

        assertFails(() -> create(NAME, bytes(10)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.read(NAME)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.check()), Remedy.OPERATOR, message);

        assertThat(create(NAME, bytes(10))).as("after the fault is fixed").isEqualTo(Creation.CREATED);
    }

    @Test
    void aMissingBucketIsNotAnEmptyArchive() {
        ObjectStore missing = open("missing", Duration.ofSeconds(15));

        String message = "bucket missing: can't list its objects: the bucket doesn't exist";
        assertFails(() -> await(missing.read(NAME)), Remedy.OPERATOR, message);
        assertFails(() -> await(missing.check()), Remedy.OPERATOR, message);
        assertFails(
                () -> await(missing.create(NAME, bytes(1), "text/plain", Map.of())),
                Remedy.OPERATOR,
                "the bucket doesn't exist");

        gcs.bucket = "missing";
        assertThat(await(missing.read(NAME))).isEmpty();
        await(missing.close());
    }

    @Test
    void anAbsentObjectCostsOneRequestOnceTheBucketIsKnown() {
        create("other", bytes(1));
        gcs.requests.set(0);

        assertThat(await(store.read(NAME))).isEmpty();

        assertThat(gcs.requests).hasValue(1);
    }

    @Test
    void anUnreachableStoreIsRetried() {
        gcs.close();

        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
    }

    @Test
    void aFarTooLargeObjectIsNotRead() {
        create(NAME, new byte[(16 << 20) + 1]);

        assertThat(create(NAME, bytes(1))).isEqualTo(Creation.EXISTS);
        assertThatThrownBy(() -> await(store.read(NAME)))
                .isInstanceOf(UnusableObjectException.class)
                .hasMessage("bucket alerts: " + NAME + " has more than 16777216 bytes");
    }

    /** For example, one that would take hours to read. */
    @Test
    void nothingIsReadOfAnObjectDeclaredFarTooLarge() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(20_000);
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            GcsLocation location = new GcsLocation(BUCKET, new GcsSettings(Optional.of(address), true));
            GcsObjects objects = new GcsObjects(location, Access.READ, 1, Duration.ofSeconds(15), 100);
            Future<Optional<byte[]>> read = vertx.executeBlocking(() -> objects.read(NAME));
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\nand so on"
                                .getBytes(ISO_8859_1));

                assertThatThrownBy(() -> await(read)).hasMessageContaining("more than 100 bytes");
            }
            objects.close();
        }
    }

    private Retry retry() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(400));
        return new Retry(vertx, new RetryPolicy(backoff, 3, StoreException::verdict, failure -> Duration.ZERO));
    }

    private static void assertFails(ThrowingCallable call, Remedy remedy, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.remedy()).isEqualTo(remedy))
                .hasMessageStartingWith("bucket ")
                .hasMessageContaining(message);
    }
}
