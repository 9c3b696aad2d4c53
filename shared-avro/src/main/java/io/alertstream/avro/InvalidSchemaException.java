package io.alertstream.avro;

/** A document isn't an Avro schema. The message says why, in one line. */
public final class InvalidSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
