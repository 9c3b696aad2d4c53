package io.alertstream.storage.s3;

import io.alertstream.storage.BucketLimits;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Opens clients of S3. */
final class S3Clients {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private S3Clients() {}

    /**
     * Creates a client that retries nothing: callers decide how long to retry, and count attempts. It adds no checksums
     * of its own and sends bodies unchanged, neither in signed chunks nor with trailers, which older gateways refuse;
     * checksums of bodies are in the request headers.
     *
     * @param limits as many connections are kept open, so that requests don't wait for handshakes
     */
    @SuppressWarnings("deprecation") // Apache's client 5 adds 2.4 MB to the jar; this one is there for Google's client.
    static S3Client open(S3Settings settings, BucketLimits limits) {
        ApacheHttpClient.Builder http = ApacheHttpClient.builder()
                .maxConnections(limits.connections())
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionAcquisitionTimeout(limits.readTimeout())
                .socketTimeout(limits.readTimeout())
                .tcpKeepAlive(true)
                .expectContinueEnabled(false);
        settings.caFile().ifPresent(file -> http.tlsTrustManagersProvider(() -> TrustedCertificates.managers(file)));
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(http)
                .credentialsProvider(credentials(settings))
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .disableS3ExpressSessionAuth(true)
                .overrideConfiguration(call -> call.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(limits.callTimeout())
                        .addExecutionInterceptor(new BodyLimits()));
        settings.endpoint().ifPresent(client::endpointOverride);
        settings.region()
                .map(Region::of)
                // A gateway has only one region, and its name doesn't matter.
                .or(() -> settings.endpoint().map(endpoint -> Region.US_EAST_1))
                .ifPresent(client::region);
        return client.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.keyFiles()
                .<AwsCredentialsProvider>map(KeysInFiles::new)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }
}
