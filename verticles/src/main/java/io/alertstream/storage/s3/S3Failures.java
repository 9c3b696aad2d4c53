package io.alertstream.storage.s3;

import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Interprets a failure of S3: what an operator should do, and whether retrying helps. Error codes:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
final class S3Failures {

    private static final Set<String> CREDENTIALS = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "TokenRefreshRequired",
            "InvalidClientTokenId");

    private static final Set<String> OTHER_REGION = Set.of(
            "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "Redirect");

    /** Transient statuses below 500; 409 means that two clients create one object at the same time. */
    private static final Set<Integer> PASSING = Set.of(200, 408, 409, 425, 429);

    private static final int NOT_IMPLEMENTED = 501;

    private S3Failures() {}

    static StoreException of(String bucket, String doing, SdkException failure) {
        String message = "bucket " + bucket + ": can't " + doing + ": ";
        if (failure instanceof AwsServiceException answer) {
            return new StoreException(remedy(answer), retryAfter(answer), message + explain(answer), failure);
        }
        Throwable cause = cause(failure);
        return new StoreException(remedy(cause), message + describe(cause), failure);
    }

    /** {@code Retry-After} in seconds; its other form, a date, is ignored in favour of the backoff. */
    private static Duration retryAfter(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return Optional.ofNullable(details == null ? null : details.sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader("Retry-After"))
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }

    /** The code of an error, such as {@code NoSuchKey}; empty if the response has none. */
    static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static Remedy remedy(AwsServiceException answer) {
        int status = answer.statusCode();
        boolean passes = PASSING.contains(status)
                || (status >= 500 && status != NOT_IMPLEMENTED)
                || code(answer).equals("RequestTimeout");
        return passes ? Remedy.RETRY : Remedy.OPERATOR;
    }

    private static String explain(AwsServiceException answer) {
        String code = code(answer);
        String what = answer.statusCode() + (code.isEmpty() ? "" : " " + code);
        if (CREDENTIALS.contains(code) || answer.statusCode() == 401) {
            return "the credentials were refused or have expired (" + what + "); see S3_ACCESS_KEY_FILE and"
                    + " S3_SECRET_KEY_FILE, or where the AWS SDK finds its own";
        }
        if (OTHER_REGION.contains(code)) {
            return "the bucket is in another region (" + what + "): " + detail(answer) + "; correct S3_REGION";
        }
        return switch (code) {
            case "RequestTimeTooSkewed" ->
                "the clocks of this machine and of the store differ too much (" + what + "); correct this machine's";
            case "NoSuchBucket" ->
                "the bucket doesn't exist (" + what + "); create it, or correct ALERT_STORE and SCHEMA_STORE";
            case "AccessDenied" ->
                "permission denied (" + what + "): " + detail(answer)
                        + "; reading needs s3:GetObject and s3:ListBucket, and creating s3:PutObject as well";
            case "QuotaExceeded" -> "the bucket is full (" + what + "); raise its quota or its owner's";
            default -> "status " + what + ": " + detail(answer);
        };
    }

    /** A response that isn't S3's may be a proxy's page. */
    private static String detail(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String text = details == null || details.errorMessage() == null ? answer.getMessage() : details.errorMessage();
        String line = String.valueOf(text).replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) : line;
    }

    /** The failure itself, without what the SDK wraps around it. */
    private static Throwable cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return cause;
            }
        }
        return failure;
    }

    private static Remedy remedy(Throwable failure) {
        boolean untrusted = failure instanceof SSLHandshakeException || failure.getCause() instanceof SSLException;
        boolean unconfigured = String.valueOf(failure.getMessage()).startsWith("Unable to load");
        return untrusted || unconfigured ? Remedy.OPERATOR : Remedy.RETRY;
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
