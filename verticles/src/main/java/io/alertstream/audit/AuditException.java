package io.alertstream.audit;

/** The archive isn't what it should be, or the audit can't say whether it is. */
public final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AuditException(String message) {
        super(message);
    }

    AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
