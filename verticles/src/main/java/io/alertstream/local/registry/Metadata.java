package io.alertstream.local.registry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a client attaches to a version: properties, tags of fields, and which properties are sensitive. The registry
 * stores and returns it unchanged. Two versions with different metadata share an id if their schemas are the same:
 * the
 * survey's job attaches the id of the schema to a second subject and relies on that.
 */
final class Metadata {

    /** The field in requests, responses and records. */
    static final String FIELD = "metadata";

    private static final Map<String, Predicate<Object>> PARTS = Map.of(
            "properties", value -> hasOnly(value, String.class::isInstance),
            "tags", value -> hasOnly(value, Metadata::isListOfTexts),
            "sensitive", Metadata::isListOfTexts);

    private Metadata() {}

    /**
     * Reads the metadata of a request.
     *
     * @return empty if there is none
     * @throws ApiError if it has another form than Confluent's
     */
    static Optional<JsonObject> read(JsonObject body) {
        Object value = body.getValue(FIELD);
        if (value == null || (value instanceof JsonObject empty && empty.isEmpty())) {
            return Optional.empty();
        }
        if (value instanceof JsonObject metadata && metadata.stream().allMatch(Metadata::isPart)) {
            return Optional.of(metadata);
        }
        throw ApiError.invalidSchema(
                "Invalid metadata: expected an object with properties (names and texts), tags (fields"
                        + " and lists of texts) or sensitive (a list of texts)");
    }

    private static boolean isPart(Map.Entry<String, Object> part) {
        return part.getValue() == null
                || PARTS.getOrDefault(part.getKey(), unknown -> false).test(part.getValue());
    }

    private static boolean hasOnly(Object value, Predicate<Object> kind) {
        return value instanceof JsonObject object
                && object.stream().map(Map.Entry::getValue).allMatch(kind);
    }

    private static boolean isListOfTexts(Object value) {
        return value instanceof JsonArray list && list.stream().allMatch(String.class::isInstance);
    }
}
