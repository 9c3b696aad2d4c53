package io.alertstream.storage.s3;

import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.xml.stream.XMLStreamException;
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

    private static final Set<String> UNSUPPORTED = Set.of("NotImplemented", "InvalidArgument", "InvalidRequest");

    /** Transient statuses below 500; 409 means that two clients create one object at the same time. */
    private static final Set<Integer> PASSING = Set.of(200, 408, 409, 425, 429);

    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;

    /** In each answer of S3, Ceph's gateway, MinIO and others, also where there is no body. */
    private static final String REQUEST_ID = "x-amz-request-id";

    static final int MAX_DETAIL = 300;

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

    /** The status and the code, such as {@code 403 AccessDenied}. */
    static String status(AwsServiceException answer) {
        String code = code(answer);
        return answer.statusCode() + (code.isEmpty() ? "" : " " + code);
    }

    /** Whether S3 or a gateway answered, rather than a proxy in front of it. */
    static boolean isOfS3(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details != null
                && details.sdkHttpResponse() != null
                && details.sdkHttpResponse().firstMatchingHeader(REQUEST_ID).isPresent();
    }

    /** Whether a header of the request isn't supported: codes of a 400 differ, and a 501 may have none. */
    static boolean isUnsupported(AwsServiceException answer) {
        return answer.statusCode() == NOT_IMPLEMENTED || UNSUPPORTED.contains(code(answer));
    }

    private static Remedy remedy(AwsServiceException answer) {
        int status = answer.statusCode();
        boolean passes = isStray(answer)
                || PASSING.contains(status)
                || (status >= 500 && status != NOT_IMPLEMENTED)
                || code(answer).equals("RequestTimeout");
        return passes ? Remedy.RETRY : Remedy.OPERATOR;
    }

    /** A 404 without a code isn't S3's. */
    private static boolean isStray(AwsServiceException answer) {
        return answer.statusCode() == NOT_FOUND && code(answer).isEmpty();
    }

    private static String explain(AwsServiceException answer) {
        String code = code(answer);
        String what = status(answer);
        if (CREDENTIALS.contains(code) || answer.statusCode() == 401) {
            return "the credentials were refused or have expired (" + what + "); see S3_ACCESS_KEY_FILE and"
                    + " S3_SECRET_KEY_FILE, or where the AWS SDK finds its own";
        }
        if (OTHER_REGION.contains(code)) {
            return "the bucket is in another region (" + what + "): " + detail(answer) + "; correct S3_REGION";
        }
        if (isStray(answer)) {
            return "the response has status 404 but isn't S3's: " + detail(answer)
                    + "; correct S3_ENDPOINT, or fix the proxy in front of it";
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

    /** What the answer says, in its own words: S3's message, or else the beginning of the body. */
    static String detail(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String text = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (line.isEmpty()) {
            return "it gives no reason";
        }
        return line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) : line;
    }

    /** The failure itself, without what the SDK wraps around it. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause instanceof XMLStreamException xml && xml.getCause() == null
                    ? xml.getNestedException()
                    : cause.getCause();
        }
        return cause == null ? failure : cause;
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
