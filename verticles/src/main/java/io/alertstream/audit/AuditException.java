package io.alertstream.audit;

/** The archive isn't what it should be. */
public final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AuditException(String message) {
        super(message);
    }
}
