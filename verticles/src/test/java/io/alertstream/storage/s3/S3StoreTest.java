package io.alertstream.storage.s3;

import static io.alertstream.storage.FakeBucket.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.BucketContract;
import io.alertstream.storage.FakeBucket;
import io.alertstream.storage.FakeBucket.Fault;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.s3.FakeS3.Gateway;
import io.alertstream.storage.s3.FakeS3.Stored;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an S3 store guarantees beyond what every bucket does, and how it handles deviating gateways. */
class S3StoreTest extends BucketContract {

    @TempDir
    Path keys;

    private FakeS3 s3;

    @Override
    protected FakeBucket openBucket() {
        s3 = new FakeS3(vertx, keys);
        return s3;
    }

    private ObjectStore open(S3Checksums checksums, S3WriteOnce writeOnce) {
        return s3.open(vertx, s3.location(BUCKET, checksums, writeOnce), FakeBucket.LIMITS);
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
    @CsvSource({
        "IGNORES_IF_NONE_MATCH, ignores If-None-Match",
        "REFUSES_IF_NONE_MATCH, (501 NotImplemented: A header you provided implies functionality that is not",
        "REFUSES_WITH_A_PAGE, (501: <html>If-None-Match is not implemented; try",
    })
    void aGatewayThatReplacesObjectsIsDetectedBeforeAnyWrite(Gateway gateway, String message) {
        s3.gateway = gateway;

        assertFails(() -> await(store.check()), Remedy.SETTINGS, message);
        assertFails(() -> create(NAME, bytes(10)), Remedy.SETTINGS, "set S3_WRITE_ONCE=check-then-put");

        assertThat(s3.objects).doesNotContainKey(NAME);
        ObjectStore lenient = open(S3Checksums.CRC32C, S3WriteOnce.CHECK_THEN_PUT);
        await(lenient.check());
        assertThat(await(lenient.create(NAME, bytes(10), "text/plain", Map.of())))
                .isEqualTo(Creation.CREATED);
        assertThat(await(lenient.create(NAME, bytes(20), "text/plain", Map.of())))
                .isEqualTo(Creation.EXISTS);
        assertThat(await(lenient.read(NAME))).get().isEqualTo(bytes(10));
        await(lenient.close());
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

    static List<Arguments> faultsForAnOperator() {
        String refused = "credentials were refused or have expired ";
        return List.of(
                Arguments.of(403, "AccessDenied", "s3:PutObject"),
                Arguments.of(403, "InvalidAccessKeyId", refused + "(403 InvalidAccessKeyId); see S3_ACCESS_KEY_FILE"),
                Arguments.of(403, "SignatureDoesNotMatch", refused),
                Arguments.of(403, "ExpiredToken", refused),
                Arguments.of(400, "ExpiredToken", refused),
                Arguments.of(403, "RequestTimeTooSkewed", "clocks of this machine and of the store"),
                Arguments.of(404, "NoSuchBucket", "the bucket doesn't exist"),
                Arguments.of(403, "QuotaExceeded", "raise its quota"),
                Arguments.of(301, "PermanentRedirect", "correct S3_REGION"),
                Arguments.of(400, "AuthorizationHeaderMalformed", "correct S3_REGION"),
                Arguments.of(400, "InvalidRequest", "status 400 InvalidRequest: planned"));
    }

    static List<Arguments> wrongLists() {
        String truncated = "<ListBucketResult><Name>alerts</Name><IsTruncated>true</IsTruncated>%s</ListBucketResult>";
        String token = "<NextContinuationToken>x</NextContinuationToken>";
        String end = "</ListBucketResult>";
        return List.of(
                wrong(page -> truncated.formatted(""), "or the end of the list, in 1 pages"),
                wrong(page -> truncated.formatted(token), "or the end of the list, in 101 pages"),
                wrong(page -> page.replace("<Key>v2%2Fb</Key>", ""), "with a Key and a Size, got Key null"),
                wrong(page -> page.replace("<Size>10</Size>", ""), "with a Key and a Size, got Key v2/a and Size null"),
                wrong(page -> page.replace("2Fa", "2Fd"), "expected names after \"v2/d\", in order, got \"v2/b\""),
                wrong(page -> page.replace("v2%2Fc", "v3"), "expected names that begin with \"v2/\", got \"v3\""),
                wrong(page -> page.replace(end, "<!--" + " ".repeat(9 << 20) + "-->" + end), "more than 8388608 bytes"),
                wrong(page -> page.replace(end, ""), "can't list its objects"));
    }

    private static Arguments wrong(UnaryOperator<String> change, String message) {
        return Arguments.of(change, message);
    }

    @Override
    protected String emptyPage() {
        return "<ListBucketResult><Name>alerts</Name><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>x</NextContinuationToken></ListBucketResult>";
    }

    /** Only its beginning is known, not its code. */
    @Override
    protected String farTooLargeError(int code) {
        return "status " + code + ": <?xml";
    }

    @Override
    protected String damage() {
        return "Data read has a different checksum than expected";
    }

    /** A HEAD's answer has no body, and so no code. */
    @Test
    void aHead404WithoutARequestIdIsVerifiedByAGet() {
        create("v2/other", bytes(10));
        s3.gateway = Gateway.WITHOUT_REQUEST_IDS;

        assertThat(await(store.info(NAME))).isEmpty();
        create("v2/empty", new byte[0]);
        for (String name : List.of("v2/other", "v2/empty")) {
            s3.plan(new Fault.WrongPath());
            assertFails(() -> await(store.info(name)), Remedy.RETRY, "it is there for GET, and isn't for HEAD");
        }
        s3.bucket = "elsewhere";
        assertFails(() -> await(store.info(NAME)), Remedy.OPERATOR, "the bucket doesn't exist (404 NoSuchBucket)");
    }

    /** Redelivered alerts must not replace what a proxy hides. */
    @Test
    void a404FromAProxyDoesNotPermitAPut() {
        ObjectStore checking = open(S3Checksums.CRC32C, S3WriteOnce.CHECK_THEN_PUT);
        await(checking.create(NAME, bytes(10), "text/plain", Map.of()));
        s3.plan(new Fault.WrongPath());

        assertFails(
                () -> await(checking.create(NAME, bytes(20), "text/plain", Map.of())),
                Remedy.RETRY,
                "it is there for GET, and isn't for HEAD");

        assertThat(s3.objects.get(NAME).content()).isEqualTo(bytes(10));
        await(checking.close());
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

    /** Everything that matters is in its headers. */
    @Test
    void aTruncatedAnswerToACreationCounts() {
        create("other", bytes(1));
        s3.plan(new Fault.CutAnswer());

        assertThat(create(NAME, bytes(1000))).isEqualTo(Creation.CREATED);
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(1000));
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
        ObjectStore without = s3.open(vertx, new S3Location(BUCKET, settings), FakeBucket.LIMITS);

        assertFails(() -> await(without.read(NAME)), Remedy.OPERATOR, "Unable to load credentials");
        await(without.close());
    }
}
