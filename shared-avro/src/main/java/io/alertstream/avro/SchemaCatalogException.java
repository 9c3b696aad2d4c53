package io.alertstream.avro;

/** A directory of schemas can't be used. The message says what was expected, what was found, and in which file. */
public final class SchemaCatalogException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SchemaCatalogException(String message) {
        super(message);
    }

    SchemaCatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}
