package io.alertstream.audit;

/** The archive isn't complete and correct, or the audit can't tell whether it is. */
public final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AuditException(String message) {
        super(message);
    }

    AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
