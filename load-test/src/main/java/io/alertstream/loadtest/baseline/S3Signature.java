package io.alertstream.loadtest.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests without a query for S3: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
 * The load test uses no cloud SDK, so that the baseline is the cost of HTTP alone.
 *
 * @param keys if empty, requests aren't signed
 */
record S3Signature(Optional<Keys> keys, String region, Clock clock) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String SIGNED = "host;x-amz-content-sha256;x-amz-date";

    /** An access key. */
    record Keys(String id, String secret) {

        @Override
        public String toString() {
            return id;
        }
    }

    /** With the keys of the environment, under AWS's own names. */
    static S3Signature of(Map<String, String> environment) {
        return new S3Signature(
                Optional.ofNullable(environment.get("AWS_ACCESS_KEY_ID"))
                        .map(id -> new Keys(id, environment.getOrDefault("AWS_SECRET_ACCESS_KEY", ""))),
                environment.getOrDefault("AWS_REGION", "us-east-1"),
                Clock.systemUTC());
    }

    /** The beginning of a request, signed. */
    HttpRequest.Builder signed(String method, URI address, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        keys.ifPresent(key -> {
            String time = TIME.format(clock.instant());
            String digest = sha256(body);
            request.header("x-amz-date", time)
                    .header("x-amz-content-sha256", digest)
                    .header("authorization", authorization(key, method, address, time, digest));
        });
        return request;
    }

    private String authorization(Keys key, String method, URI address, String time, String digest) {
        String canonical = String.join(
                "\n",
                method,
                address.getRawPath(),
                "",
                "host:" + address.getAuthority(),
                "x-amz-content-sha256:" + digest,
                "x-amz-date:" + time,
                "",
                SIGNED,
                digest);
        String day = time.substring(0, 8);
        String scope = day + "/" + region + "/s3/aws4_request";
        String text = String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(canonical.getBytes(UTF_8)));
        byte[] signing = ("AWS4" + key.secret()).getBytes(UTF_8);
        for (String part : new String[] {day, region, "s3", "aws4_request"}) {
            signing = hmac(signing, part);
        }
        return "AWS4-HMAC-SHA256 Credential=" + key.id() + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature="
                + HexFormat.of().formatHex(hmac(signing, text));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
