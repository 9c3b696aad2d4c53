package io.alertstream.registry;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The fields of an answer, which may be anything.
 *
 * @param what whose answer it is, for messages
 */
record AnswerFields(String what, JsonObject answer) {

    String text(String name) {
        if (answer.getValue(name) instanceof String text) {
            return text;
        }
        throw missing(name, "text");
    }

    /** A text that may be left out. */
    String text(String name, String otherwise) {
        return answer.getValue(name) == null ? otherwise : text(name);
    }

    int number(String name) {
        if (answer.getValue(name) instanceof Integer number) {
            return number;
        }
        throw missing(name, "a whole number");
    }

    private RegistryException missing(String name, String expected) {
        return RegistryException.unreadable(
                200, Optional.empty(), what + ": the registry's answer lacks " + name + ", expected " + expected, null);
    }
}
