package io.alertstream.storage.s3;

import static io.alertstream.storage.ObjectStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.storage.FakeBucket;
import io.alertstream.storage.ObjectStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials without files of keys: what the SDK finds. */
class S3CredentialsTest {

    private static final String ROLE = "arn:aws:iam::111122223333:role/alertdb-writer";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Properties before = (Properties) System.getProperties().clone();
    private FakeS3 s3;

    @BeforeEach
    void openBucket() {
        s3 = new FakeS3(vertx, directory);
    }

    @AfterEach
    void close() {
        System.setProperties(before);
        await(vertx.close());
    }

    @Test
    void keysOfTheProcessAreUsed() {
        check(Map.of("aws.accessKeyId", "AKIAPROCESS", "aws.secretAccessKey", "secret"));

        assertThat(s3.last.getHeader("Authorization")).contains("Credential=AKIAPROCESS/");
    }

    @Test
    void aProfileIsUsed() throws Exception {
        Path profiles = Files.writeString(
                directory.resolve("credentials"),
                "[archive]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n");

        check(Map.of("aws.sharedCredentialsFile", profiles.toString(), "aws.profile", "archive"));

        assertThat(s3.last.getHeader("Authorization")).contains("Credential=AKIAPROFILE/");
    }

    /** As EKS gives it to a pod. The part of the SDK for it is found by name at run time. */
    @Test
    void theIdentityOfAServiceAccountIsUsed() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "the-token");
        HttpServer sts = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> request.response()
                        .end(body.toString().contains("=the-token") ? """
                                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                                  <AssumeRoleWithWebIdentityResult>
                                    <Credentials>
                                      <AccessKeyId>ASIAROLE</AccessKeyId>
                                      <SecretAccessKey>secret</SecretAccessKey>
                                      <SessionToken>the-session</SessionToken>
                                      <Expiration>2999-01-01T00:00:00Z</Expiration>
                                    </Credentials>
                                  </AssumeRoleWithWebIdentityResult>
                                </AssumeRoleWithWebIdentityResponse>
                                """ : "")))
                .listen(0, "127.0.0.1"));

        check(Map.of(
                "aws.webIdentityTokenFile",
                token.toString(),
                "aws.roleArn",
                ROLE,
                "aws.region",
                "us-west-2",
                "aws.endpointUrlSts",
                "http://127.0.0.1:" + sts.actualPort()));

        assertThat(s3.last.getHeader("Authorization")).contains("Credential=ASIAROLE/");
        assertThat(s3.last.getHeader("x-amz-security-token")).isEqualTo("the-session");
    }

    private void check(Map<String, String> properties) {
        System.getProperties().putAll(properties);
        S3Settings settings = new S3Settings(
                Optional.of(s3.address()),
                Optional.empty(),
                true,
                S3Checksums.CRC32C,
                S3WriteOnce.IF_NONE_MATCH,
                Optional.empty(),
                Optional.empty());
        ObjectStore store = s3.open(vertx, new S3Location(FakeBucket.BUCKET, settings), FakeBucket.LIMITS);

        await(store.check());
        await(store.close());
    }
}
