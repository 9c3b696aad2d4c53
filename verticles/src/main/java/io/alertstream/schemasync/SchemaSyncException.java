package io.alertstream.schemasync;

/** The registry isn't as it should be, and schema-sync can't make it so; the message says what is there instead. */
public final class SchemaSyncException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SchemaSyncException(String message) {
        super(message);
    }

    SchemaSyncException(String message, Throwable cause) {
        super(message, cause);
    }
}
