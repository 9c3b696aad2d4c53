package io.alertstream.storage;

import com.google.api.client.googleapis.json.GoogleJsonError.ErrorInfo;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * What a bucket's failure means for whoever runs the store. Which statuses pass by themselves:
 * https://cloud.google.com/storage/docs/retry-strategy
 */
final class GcsTrouble {

    private static final Set<String> OVERLOAD = Set.of("rateLimitExceeded", "userRateLimitExceeded");

    private GcsTrouble() {}

    static StoreException of(String bucket, String doing, IOException failure) {
        String message = "bucket " + bucket + ": can't " + doing + ": ";
        if (failure instanceof HttpResponseException answer) {
            Remedy remedy = isPassing(answer) ? Remedy.RETRY : Remedy.OPERATOR;
            return new StoreException(remedy, message + explain(answer), failure);
        }
        return new StoreException(remedy(failure), message + describe(failure), failure);
    }

    private static boolean isPassing(HttpResponseException answer) {
        int status = answer.getStatusCode();
        return status == 408 || status == 429 || status >= 500 || (status == 403 && isOverload(answer));
    }

    private static boolean isOverload(HttpResponseException answer) {
        if (answer instanceof GoogleJsonResponseException json && json.getDetails() != null) {
            List<ErrorInfo> errors = json.getDetails().getErrors();
            return errors != null && errors.stream().map(ErrorInfo::getReason).anyMatch(OVERLOAD::contains);
        }
        return false;
    }

    private static String explain(HttpResponseException answer) {
        return switch (answer.getStatusCode()) {
            case 401 ->
                "the credentials are refused (401); see Application Default Credentials, or Workload Identity"
                        + " in a cluster";
            case 403 ->
                "permission denied (403): " + detail(answer) + "; reading takes roles/storage.objectViewer, and"
                        + " creating roles/storage.objectCreator as well";
            case 404 -> "the bucket doesn't exist (404); create it, or correct ALERT_STORE and SCHEMA_STORE";
            default -> "status " + answer.getStatusCode() + ": " + detail(answer);
        };
    }

    private static String detail(HttpResponseException answer) {
        String text = answer instanceof GoogleJsonResponseException json
                        && json.getDetails() != null
                        && json.getDetails().getMessage() != null
                ? json.getDetails().getMessage()
                : String.valueOf(answer.getStatusMessage());
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private static Remedy remedy(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Retryable token) {
                return token.isRetryable() ? Remedy.RETRY : Remedy.OPERATOR;
            }
        }
        boolean untrusted = failure instanceof SSLHandshakeException || failure.getCause() instanceof SSLException;
        return untrusted ? Remedy.OPERATOR : Remedy.RETRY;
    }

    private static String describe(IOException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
