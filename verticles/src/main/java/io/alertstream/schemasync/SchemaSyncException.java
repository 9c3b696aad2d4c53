package io.alertstream.schemasync;

/** The registry's content contradicts the plan; the message says what it contains instead. */
public final class SchemaSyncException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SchemaSyncException(String message) {
        super(message);
    }

    SchemaSyncException(String message, Throwable cause) {
        super(message, cause);
    }
}
