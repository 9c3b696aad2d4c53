package io.alertstream.storage.gcs;

import java.io.IOException;

/** A 404 that isn't Google's: of a proxy, or of a server that doesn't know the address. */
final class StrayNotFoundException extends IOException {

    private static final long serialVersionUID = 1;

    StrayNotFoundException() {
        super("the response has status 404 but isn't Google's; correct GCS_ENDPOINT, or fix the proxy in front of it");
    }

    /** Whether a failure is, or was caused by, such an answer. */
    static boolean in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StrayNotFoundException) {
                return true;
            }
        }
        return false;
    }
}
