package io.alertstream.avro;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;

/**
 * Why Avro refuses a schema, in words for a client. Avro's own messages are used where they describe the schema. Its
 * parser also fails with exceptions that describe the parser, such as NullPointerException for an order that is a
 * number.
 */
final class SchemaFault {

    private static final int MAX_LENGTH = 500;
    private static final Pattern NULL = Pattern.compile("\\bnull\\b");
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:java|org\\.apache|com\\.fasterxml|io\\.vertx)\\.|Exception\\b");

    private SchemaFault() {}

    static String describe(Throwable e) {
        if (e instanceof StackOverflowError) {
            return "nested too deeply";
        }
        if (e instanceof JsonProcessingException json) {
            JsonLocation at = json.getLocation();
            return at == null || json instanceof StreamConstraintsException
                    ? "JSON that is nested too deeply or has a number too long"
                    : "not JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        }
        if (!(e instanceof AvroRuntimeException) || e.getCause() != null || e.getMessage() == null) {
            return "a name, type, order, size or default has a form that Avro doesn't know";
        }
        String message = e.getMessage();
        if (NULL.matcher(message).find()) {
            // "No type: {"type":null}": what is wrong comes first.
            message = message.substring(0, Math.max(0, message.indexOf(':')));
        }
        if (message.isBlank()
                || NULL.matcher(message).find()
                || CLASS_NAME.matcher(message).find()) {
            return "a name or type is missing";
        }
        return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "...";
    }
}
