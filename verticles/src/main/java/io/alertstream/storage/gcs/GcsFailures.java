package io.alertstream.storage.gcs;

import com.google.auth.Retryable;
import com.google.cloud.storage.StorageException;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Interprets a bucket's failure: what an operator should do, and whether retrying helps. Transient statuses:
 * https://cloud.google.com/storage/docs/retry-strategy
 */
final class GcsFailures {

    private static final Set<String> OVERLOAD = Set.of("rateLimitExceeded", "userRateLimitExceeded");

    private GcsFailures() {}

    static StoreException of(String bucket, String doing, StorageException failure) {
        String message = "bucket " + bucket + ": can't " + doing + ": ";
        if (failure.getCode() > 0) {
            Remedy remedy = isPassing(failure) ? Remedy.RETRY : Remedy.OPERATOR;
            return new StoreException(remedy, message + explain(failure), failure);
        }
        Throwable cause = failure.getCause() instanceof IOException io ? io : failure;
        return new StoreException(remedy(cause), message + describe(cause), failure);
    }

    private static boolean isPassing(StorageException answer) {
        int status = answer.getCode();
        return status == 408
                || status == 429
                || status >= 500
                || (status == 403 && answer.getReason() != null && OVERLOAD.contains(answer.getReason()));
    }

    private static String explain(StorageException answer) {
        return switch (answer.getCode()) {
            case 401 ->
                "the credentials were refused (401); see Application Default Credentials, or Workload Identity"
                        + " in a cluster";
            case 403 ->
                "permission denied (403): " + detail(answer) + "; reading needs roles/storage.objectViewer, and"
                        + " creating roles/storage.objectCreator as well";
            case 404 -> "the bucket doesn't exist (404); create it, or correct ALERT_STORE and SCHEMA_STORE";
            default -> "status " + answer.getCode() + ": " + detail(answer);
        };
    }

    /** A response that isn't Google's may be a proxy's page. */
    private static String detail(StorageException answer) {
        String text = String.valueOf(answer.getMessage()).replaceAll("\\s+", " ");
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private static Remedy remedy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Retryable token) {
                return token.isRetryable() ? Remedy.RETRY : Remedy.OPERATOR;
            }
        }
        boolean untrusted = failure instanceof SSLHandshakeException || failure.getCause() instanceof SSLException;
        return untrusted ? Remedy.OPERATOR : Remedy.RETRY;
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
