package io.alertstream.registry;

import java.time.Duration;
import java.util.Optional;

/** A request to a schema registry failed. */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What the failure means to the caller. */
    public enum Reason {
        /** There is no such schema, subject or version. Another attempt gets the same answer. */
        MISSING,
        /** The registry refuses: an incompatible schema, a mode that forbids it, a wrong request. */
        REFUSED,
        /** The registry can't be reached, or the answer isn't a registry's: nothing is known about the schema. */
        UNAVAILABLE
    }

    private static final int NOT_FOUND = 404;

    private final Reason reason;
    private final int httpStatus;
    private final int errorCode;
    private final boolean mayPass;
    private final transient Optional<Duration> retryAfter;

    private RegistryException(
            Reason reason,
            int httpStatus,
            int errorCode,
            boolean mayPass,
            Optional<Duration> retryAfter,
            String message,
            Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.httpStatus = httpStatus;
        this.errorCode = errorCode;
        this.mayPass = mayPass;
        this.retryAfter = retryAfter;
    }

    /** The registry answered with an error in its own format. */
    static RegistryException answered(int httpStatus, int errorCode, Optional<Duration> retryAfter, String message) {
        return new RegistryException(
                reasonOf(httpStatus, errorCode), httpStatus, errorCode, passes(httpStatus), retryAfter, message, null);
    }

    /** The answer isn't a registry's. */
    static RegistryException unreadable(
            int httpStatus, Optional<Duration> retryAfter, String message, Throwable cause) {
        return new RegistryException(Reason.UNAVAILABLE, httpStatus, 0, passes(httpStatus), retryAfter, message, cause);
    }

    /** No answer, or an incomplete one. */
    static RegistryException unanswered(boolean mayPass, String message, Throwable cause) {
        return new RegistryException(Reason.UNAVAILABLE, 0, 0, mayPass, Optional.empty(), message, cause);
    }

    /** The registry's answer can't be used. */
    static RegistryException refused(String message) {
        return new RegistryException(Reason.REFUSED, 200, 0, false, Optional.empty(), message, null);
    }

    private static boolean passes(int httpStatus) {
        return httpStatus == 429 || httpStatus >= 500;
    }

    private static Reason reasonOf(int httpStatus, int errorCode) {
        // A bare 404 comes from some other server; a registry's has a code such as 40403.
        if (httpStatus == NOT_FOUND) {
            return errorCode / 100 == NOT_FOUND ? Reason.MISSING : Reason.UNAVAILABLE;
        }
        return switch (httpStatus) {
            case 401, 403, 407, 408, 429 -> Reason.UNAVAILABLE;
            default -> httpStatus >= 400 && httpStatus < 500 ? Reason.REFUSED : Reason.UNAVAILABLE;
        };
    }

    public Reason reason() {
        return reason;
    }

    /** The HTTP status, 0 if there was no answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The registry's own error code, such as 40403; 0 if it gave none. */
    public int errorCode() {
        return errorCode;
    }

    /** Whether the same request may succeed a moment later: overload, a failing server, a broken connection. */
    boolean mayPass() {
        return mayPass;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
