package io.alertstream.storage.s3;

import static io.alertstream.storage.s3.FakeS3.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.FakeBucket.Fault;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.ObjectStoreContract;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.UnusableObjectException;
import io.alertstream.storage.s3.FakeS3.Gateway;
import io.alertstream.storage.s3.FakeS3.Stored;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an S3 store guarantees beyond the contract, and how it handles faults and deviating gateways. */
class S3StoreTest extends ObjectStoreContract {

    private static final Duration PATIENT = Duration.ofSeconds(15);

    @TempDir
    Path keys;

    private FakeS3 s3;

    @Override
    protected ObjectStore open() {
        s3 = new FakeS3(vertx, keys);
        return s3.open(vertx, PATIENT);
    }

    private ObjectStore open(S3Checksums checksums, S3WriteOnce writeOnce) {
        return s3.open(vertx, s3.location(BUCKET, checksums, writeOnce), PATIENT);
    }

    @AfterEach
    void closeS3() {
        s3.close();
    }

    @Test
    void anObjectCarriesItsChecksumTypeAndOrigin() {
        create(NAME, bytes(1000));

        Stored stored = s3.objects.get(NAME);
        assertThat(stored.content()).isEqualTo(bytes(1000));
        MultiMap headers = stored.headers();
        assertThat(headers.get("Content-Type")).isEqualTo("application/gzip");
        assertThat(headers.get("x-amz-checksum-crc32c")).isEqualTo(FakeS3.crc32c(bytes(1000)));
        assertThat(headers.get("x-amz-meta-crc32c"))
                .isEqualTo("%08x".formatted(Checksum.of(bytes(1000)).crc32c()));
        assertThat(headers.get("x-amz-meta-topic")).isEqualTo("alerts-simulated");
        assertThat(headers.get("If-None-Match")).isEqualTo("*");
    }

    /** Older gateways accept neither bodies in signed chunks nor checksums in trailers. */
    @ParameterizedTest
    @EnumSource(S3Checksums.class)
    void aBodyIsSentUnchanged(S3Checksums checksums) {
        ObjectStore other = open(checksums, S3WriteOnce.IF_NONE_MATCH);
        await(other.create(NAME, bytes(1000), "text/plain", Map.of()));

        MultiMap headers = s3.objects.get(NAME).headers();
        assertThat(headers.get("Content-Length")).isEqualTo("1000");
        assertThat(headers.contains("x-amz-trailer")).isFalse();
        assertThat(headers.contains("Transfer-Encoding")).isFalse();
        assertThat(headers.contains("Content-Encoding")).isFalse();
        assertThat(headers.contains("x-amz-decoded-content-length")).isFalse();
        assertThat(headers.contains("x-amz-checksum-crc32c")).isEqualTo(checksums == S3Checksums.CRC32C);
        assertThat(headers.contains("x-amz-sdk-checksum-algorithm")).isFalse();
        await(other.close());
    }

    @Test
    void aGatewayWithoutChecksumsKeepsOursAsMetadata() {
        s3.gateway = Gateway.WITHOUT_CHECKSUMS;
        assertFails(() -> create(NAME, bytes(10)), Remedy.SETTINGS, "try S3_CHECKSUMS=md5 first");
        ObjectStore old = open(S3Checksums.MD5, S3WriteOnce.IF_NONE_MATCH);
        await(old.create(NAME, bytes(60_000), "text/plain", Map.of()));
        assertThat(await(old.read(NAME))).get().isEqualTo(bytes(60_000));
        assertThat(await(old.info(NAME)).orElseThrow().crc32c())
                .hasValue(Checksum.of(bytes(60_000)).crc32c());

        s3.plan(new Fault.FlippedBit());
        assertFails(() -> await(old.read(NAME)), Remedy.RETRY, "arrived damaged, expected CRC-32C");
        await(old.close());
    }

    /** Other programs store objects this way, as S3 itself did until 2024. */
    @Test
    void objectsOfOtherProgramsWithoutAChecksumAreRead() {
        s3.objects.put(NAME, new Stored(bytes(1000), MultiMap.caseInsensitiveMultiMap()));

        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(1000));
        assertThat(await(store.info(NAME))).map(ObjectInfo::crc32c).get().satisfies(crc -> assertThat(crc)
                .isEmpty());
        assertThat(await(store.checksum(NAME)))
                .contains(Checksum.of(bytes(1000)).crc32c());
    }

    @ParameterizedTest
    @CsvSource({"IGNORES_IF_NONE_MATCH, ignores If-None-Match", "REFUSES_IF_NONE_MATCH, refuses If-None-Match"})
    void aGatewayThatReplacesObjectsIsDetectedBeforeAnyWrite(Gateway gateway, String message) {
        s3.gateway = gateway;

        assertFails(() -> await(store.check()), Remedy.SETTINGS, message);
        assertFails(() -> create(NAME, bytes(10)), Remedy.SETTINGS, "set S3_WRITE_ONCE=check-then-put");

        assertThat(s3.objects).doesNotContainKey(NAME);
        ObjectStore told = open(S3Checksums.CRC32C, S3WriteOnce.CHECK_THEN_PUT);
        await(told.check());
        assertThat(await(told.create(NAME, bytes(10), "text/plain", Map.of()))).isEqualTo(Creation.CREATED);
        assertThat(await(told.create(NAME, bytes(20), "text/plain", Map.of()))).isEqualTo(Creation.EXISTS);
        assertThat(await(told.read(NAME))).get().isEqualTo(bytes(10));
        await(told.close());
    }

    /** Otherwise a process whose token has expired would end and blame its gateway. */
    @ParameterizedTest
    @CsvSource({"400, ExpiredToken", "403, AccessDenied", "404, NoSuchBucket", "400, AuthorizationHeaderMalformed"})
    void otherStartupFailuresAreNotBlamedOnTheGateway(int status, String code) {
        s3.plan(new Fault.Status(status, code));
        assertFails(() -> create(NAME, bytes(10)), Remedy.OPERATOR, code);

        assertThat(create(NAME, bytes(10))).isEqualTo(Creation.CREATED);
    }

    @Test
    void theProbeIsWrittenOnceAndIsNotListed() {
        await(store.check());
        create(NAME, bytes(10));
        await(store.check());

        assertThat(s3.requests).as("a list, two probes, an object, a list").hasValue(5);
        assertThat(s3.objects).containsKey(WriteOnceProbe.NAME);
        assertThat(await(store.list("", "")).objects())
                .extracting(ObjectInfo::name)
                .containsExactly(NAME);
    }

    static List<Fault> faultsThatPass() {
        return List.of(
                new Fault.Status(408, "RequestTimeout"),
                new Fault.Status(400, "RequestTimeout"),
                new Fault.Status(429, "TooManyRequests"),
                new Fault.Status(500, "InternalError"),
                new Fault.Status(502, "BadGateway"),
                new Fault.Status(503, "SlowDown"),
                new Fault.Status(503, "ServiceUnavailable"),
                new Fault.Status(504, "GatewayTimeout"),
                new Fault.Status(200, "InternalError"),
                new Fault.Page(),
                new Fault.Reset());
    }

    @ParameterizedTest
    @MethodSource("faultsThatPass")
    void aTransientFaultIsReportedOnceAndPasses(Fault fault) {
        create("other", bytes(10));
        s3.requests.set(0);
        s3.plan(fault);
        assertFails(() -> create(NAME, bytes(10)), Remedy.RETRY, "can't create " + NAME);
        assertThat(s3.objects).doesNotContainKey(NAME);
        assertThat(create(NAME, bytes(10))).isEqualTo(Creation.CREATED);

        s3.plan(fault);
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(10));

        s3.plan(fault);
        assertFails(() -> await(store.list("", "")), Remedy.RETRY, "can't list");
        s3.plan(fault);
        assertFails(() -> await(store.check()), Remedy.RETRY, "can't list");
        await(store.check());
        assertThat(s3.requests).as("requests, none retried by the client").hasValue(7);
    }

    @Test
    void theRequestedDelayIsPassedOn() {
        create("other", bytes(1));
        s3.plan(new Fault.Status(503, "SlowDown"));

        assertThatThrownBy(() -> await(store.read("other")))
                .satisfies(
                        slow -> assertThat(StoreException.requestedDelay(slow)).isEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void ofTwoConcurrentCreationsOneFindsTheOthersObject() {
        create("other", bytes(1));
        s3.plan(new Fault.Status(409, "ConditionalRequestConflict"));
        assertFails(() -> create(NAME, bytes(10)), Remedy.RETRY, "409 ConditionalRequestConflict");

        create(NAME, bytes(10));
        s3.plan(new Fault.Status(409, "ConditionalRequestConflict"));
        assertThat(create(NAME, bytes(10))).isEqualTo(Creation.EXISTS);
    }

    @Test
    void aSilentStoreIsRetried() {
        create(NAME, bytes(10));
        ObjectStore hasty = s3.open(vertx, Duration.ofMillis(200));
        s3.last(new Fault.Silence());

        assertFails(() -> await(hasty.read(NAME)), Remedy.RETRY, "SocketTimeoutException");
        assertFails(() -> await(hasty.check()), Remedy.RETRY, "SocketTimeoutException");
        assertFails(
                () -> await(hasty.create("other", bytes(1), "text/plain", Map.of())),
                Remedy.RETRY,
                "SocketTimeoutException");
        await(hasty.close());
    }

    @Test
    void truncatedAndDamagedBodiesAreReadAgain() {
        create(NAME, bytes(60_000));
        s3.plan(new Fault.CutBody());
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
        s3.plan(new Fault.FlippedBit());
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
        s3.plan(new Fault.CutBody());
        assertFails(() -> await(store.read(NAME, 10, 1000)), Remedy.RETRY, "can't read " + NAME);

        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(60_000));
    }

    @Test
    void aLostAnswerOfASuccessIsDetectedOnRetry() {
        create("other", bytes(1));
        s3.plan(new Fault.LostAnswer());
        assertFails(() -> create(NAME, bytes(1000)), Remedy.RETRY, "can't create " + NAME);

        assertThat(create(NAME, bytes(1000))).isEqualTo(Creation.EXISTS);
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(1000));
    }

    /** Everything that matters is in its headers. */
    @Test
    void aTruncatedAnswerToACreationCounts() {
        create("other", bytes(1));
        s3.plan(new Fault.CutAnswer());

        assertThat(create(NAME, bytes(1000))).isEqualTo(Creation.CREATED);
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(1000));
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, s3:PutObject",
        "403, InvalidAccessKeyId, credentials were refused or have expired (403 InvalidAccessKeyId); see S3_ACCESS_KEY_FILE",
        "403, SignatureDoesNotMatch, credentials were refused",
        "403, ExpiredToken, have expired",
        "400, ExpiredToken, have expired",
        "403, RequestTimeTooSkewed, clocks of this machine and of the store",
        "404, NoSuchBucket, the bucket doesn't exist",
        "403, QuotaExceeded, raise its quota",
        "301, PermanentRedirect, correct S3_REGION",
        "400, AuthorizationHeaderMalformed, correct S3_REGION",
        "400, InvalidRequest, 'status 400 InvalidRequest: planned'",
    })
    void faultsForAnOperatorSayWhatToDo(int code, String reason, String message) {
        create("other", bytes(1));
        Fault fault = new Fault.Status(code, reason);
        s3.plan(fault, fault, fault);

        assertFails(() -> create(NAME, bytes(10)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.read(NAME)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.check()), Remedy.OPERATOR, message);

        assertThat(create(NAME, bytes(10))).as("after the fault is fixed").isEqualTo(Creation.CREATED);
    }

    @Test
    void replacedCredentialsAreUsedAtOnce() throws IOException {
        create(NAME, bytes(10));
        assertThat(s3.last.getHeader("Authorization")).contains("Credential=AKIAEXAMPLE/");
        Files.writeString(keys.resolve("access-key"), "AKIAANOTHER");

        await(store.read(NAME));
        assertThat(s3.last.getHeader("Authorization")).contains("Credential=AKIAANOTHER/");

        Files.delete(keys.resolve("secret-key"));
        assertFails(() -> await(store.read(NAME)), Remedy.OPERATOR, "S3_ACCESS_KEY_FILE and S3_SECRET_KEY_FILE");
    }

    @Test
    void aMissingBucketIsNotAnEmptyArchive() {
        s3.bucket = "elsewhere";

        String message = "the bucket doesn't exist (404 NoSuchBucket)";
        assertFails(() -> await(store.read(NAME)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.info(NAME)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.list("", "")), Remedy.OPERATOR, message);
        assertFails(() -> await(store.check()), Remedy.OPERATOR, message);
        assertFails(() -> create(NAME, bytes(1)), Remedy.OPERATOR, message);

        s3.bucket = BUCKET;
        assertThat(await(store.read(NAME))).isEmpty();
    }

    @Test
    void anUnreachableStoreIsRetried() {
        s3.close();

        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
    }

    @Test
    void connectionsAreReused() {
        for (int i = 0; i < 10; i++) {
            create("v2/" + i, bytes(100_000));
            await(store.read("v2/" + i));
            await(store.read("v2/" + i, 10, 1000));
            await(store.read("v2/absent"));
            create("v2/" + i, bytes(100_000));
            await(store.list("", ""));
        }
        assertThat(s3.connections).hasSize(1);
    }

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
    void aFarTooLargeObjectIsNotRead() {
        create(NAME, new byte[(16 << 20) + 1]);

        assertThat(create(NAME, bytes(1))).isEqualTo(Creation.EXISTS);
        assertThatThrownBy(() -> await(store.read(NAME)))
                .isInstanceOf(UnusableObjectException.class)
                .hasMessage("bucket alerts: " + NAME + " has more than 16777216 bytes");
    }

    /** Such a gateway replaces objects, and reports two concurrent writers nevertheless. */
    @Test
    void aConflictDoesNotProveThatObjectsAreKept() {
        s3.gateway = Gateway.IGNORES_IF_NONE_MATCH;
        s3.objects.put(WriteOnceProbe.NAME, new Stored(new byte[0], MultiMap.caseInsensitiveMultiMap()));
        s3.plan(new Fault.Status(409, "OperationAborted"));

        assertFails(() -> create(NAME, bytes(10)), Remedy.RETRY, "409 OperationAborted");
        assertFails(() -> create(NAME, bytes(10)), Remedy.SETTINGS, "ignores If-None-Match");
        assertThat(s3.objects).doesNotContainKey(NAME);
    }

    @ParameterizedTest
    @EnumSource(
            value = Gateway.class,
            names = {"IGNORES_RANGE", "CONFUSES_RANGES"})
    void aGatewayThatIgnoresRangesIsReported(Gateway gateway) {
        create(NAME, bytes(1000));
        s3.gateway = gateway;

        assertFails(() -> await(store.read(NAME, 10, 20)), Remedy.OPERATOR, "it ignores Range");
    }

    @Test
    void anErrorInTheBodyOfASuccessIsAnError() {
        create("other", bytes(1));
        s3.gateway = Gateway.ERRORS_IN_200;

        assertFails(() -> create(NAME, bytes(10)), Remedy.RETRY, "can't create");
        assertFails(() -> await(store.read("other")), Remedy.RETRY, "can't read");
        assertFails(() -> await(store.list("", "")), Remedy.RETRY, "can't list");
        assertFails(() -> await(store.check()), Remedy.RETRY, "can't list");
    }

    @Test
    void withoutCredentialsItSaysWhereItLooked() {
        S3Settings settings = new S3Settings(
                Optional.of(URI.create("http://127.0.0.1:1")),
                Optional.empty(),
                true,
                S3Checksums.CRC32C,
                S3WriteOnce.IF_NONE_MATCH,
                Optional.of(new S3Settings.KeyFiles(keys.resolve("none"), keys.resolve("none"))),
                Optional.empty());
        ObjectStore without = s3.open(vertx, new S3Location(BUCKET, settings), PATIENT);

        assertFails(() -> await(without.read(NAME)), Remedy.OPERATOR, "Unable to load credentials");
        await(without.close());
    }

    private static void assertFails(ThrowingCallable call, Remedy remedy, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.remedy()).as(e.getMessage()).isEqualTo(remedy))
                .hasMessageStartingWith("bucket ")
                .hasMessageContaining(message);
    }
}
