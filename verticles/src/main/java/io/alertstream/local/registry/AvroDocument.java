package io.alertstream.local.registry;

import io.alertstream.avro.InvalidSchemaException;
import io.alertstream.avro.SchemaParser;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * An Avro schema without references.
 *
 * @param text as the registry stores and compares it: Avro's own rendering, with docs and properties
 */
record AvroDocument(Schema schema, String text) {

    /** Keys of a schema that Avro renders in a fixed order. */
    private static final Set<String> AVROS = Set.of(
            "type",
            "name",
            "namespace",
            "doc",
            "fields",
            "symbols",
            "size",
            "items",
            "values",
            "default",
            "aliases",
            "order");

    /**
     * Reads a schema that a client sent.
     *
     * @param normalize whether schemas that differ only in the order of their properties become the same
     * @throws ApiError if it isn't one
     */
    static AvroDocument parse(String document, boolean normalize) {
        try {
            Schema schema = SchemaParser.ANY_DEFAULTS.parse(document);
            if (normalize) {
                schema = SchemaParser.ANY_DEFAULTS.parse(sorted(schema.toString()));
            }
            return new AvroDocument(schema, schema.toString());
        } catch (InvalidSchemaException e) {
            throw ApiError.invalidSchema("Invalid schema of type AVRO, details: " + e.getMessage());
        }
    }

    /**
     * Reads a stored schema, leniently, since it was accepted once.
     *
     * @throws InvalidSchemaException if it isn't one
     */
    static Schema parseStored(String document) {
        return SchemaParser.LENIENT.parse(document);
    }

    private static String sorted(String schema) {
        return schema.startsWith("{") ? sortedObject(new JsonObject(schema)).encode() : schema;
    }

    private static Object sortedValue(Object value) {
        if (value instanceof JsonObject object) {
            return sortedObject(object);
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.stream().map(AvroDocument::sortedValue).toList());
        }
        return value;
    }

    private static JsonObject sortedObject(JsonObject object) {
        JsonObject sorted = new JsonObject();
        TreeMap<String, Object> properties = new TreeMap<>();
        object.forEach(entry -> {
            if (!AVROS.contains(entry.getKey())) {
                properties.put(entry.getKey(), entry.getValue());
            } else if (List.of("default", "doc").contains(entry.getKey())) {
                sorted.put(entry.getKey(), entry.getValue());
            } else {
                sorted.put(entry.getKey(), sortedValue(entry.getValue()));
            }
        });
        properties.forEach(sorted::put);
        return sorted;
    }
}
