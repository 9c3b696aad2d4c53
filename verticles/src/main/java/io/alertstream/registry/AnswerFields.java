package io.alertstream.registry;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The fields of a registry's answer, which may have any form.
 *
 * @param what the request, for error messages
 */
record AnswerFields(String what, JsonObject answer) {

    String text(String name) {
        if (answer.getValue(name) instanceof String text) {
            return text;
        }
        throw missing(name, "text");
    }

    /** An optional text. */
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
