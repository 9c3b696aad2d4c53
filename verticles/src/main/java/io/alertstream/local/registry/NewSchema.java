package io.alertstream.local.registry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A schema sent by a client to be registered, looked up or compared.
 *
 * @param id that the client chooses; only in mode IMPORT
 * @param version that the client expects; 0 for any, -1 for the latest
 * @param metadata that the version keeps, see {@link Metadata}
 * @param normalize see {@link AvroDocument#parse}
 */
record NewSchema(String document, Optional<Integer> id, int version, Optional<JsonObject> metadata, boolean normalize) {

    static final int ANY_VERSION = 0;

    /**
     * Reads a request.
     *
     * @throws ApiError if it isn't an Avro schema without references
     */
    static NewSchema read(JsonObject body, boolean normalize) {
        if (body.getValue("schemaType") != null && !"AVRO".equals(body.getValue("schemaType"))) {
            throw ApiError.invalidSchema("Invalid schema type: this registry holds schemas of type AVRO only");
        }
        if (isFilled(body.getValue("references"))) {
            throw ApiError.invalidSchema("Invalid schema: references to other schemas are not supported here");
        }
        for (String name : new String[] {"ruleSet", "schemaTagsToAdd", "schemaTagsToRemove"}) {
            if (isFilled(body.getValue(name))) {
                throw ApiError.invalidSchema("Invalid schema: " + name + " is not supported here");
            }
        }
        if (!(body.getValue("schema") instanceof String document) || document.isBlank()) {
            throw ApiError.invalidSchema("Empty schema: expected the document as text in the field schema");
        }
        // Some clients send a negative id for none.
        Optional<Integer> id = Optional.ofNullable(number(body, "id")).filter(number -> number >= 0);
        Integer version = number(body, "version");
        return new NewSchema(document, id, version == null ? ANY_VERSION : version, Metadata.read(body), normalize);
    }

    private static boolean isFilled(Object value) {
        return value instanceof JsonArray array ? !array.isEmpty() : value != null;
    }

    private static Integer number(JsonObject body, String name) {
        Object value = body.getValue(name);
        if (value == null || value instanceof Integer) {
            return (Integer) value;
        }
        throw ApiError.http(422, "Invalid " + name + ": expected a whole number");
    }
}
