package io.alertstream.registry;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A schema to be registered under a subject.
 *
 * @param id chosen by the client, in mode IMPORT
 * @param version chosen by the client; empty for the one after the latest
 * @param properties the version's metadata
 */
public record NewSchemaVersion(
        String schema, Optional<Integer> id, Optional<Integer> version, Map<String, String> properties) {

    public NewSchemaVersion {
        properties = Map.copyOf(properties);
    }

    /** A version whose number and id the registry assigns. */
    public static NewSchemaVersion of(String schema) {
        return new NewSchemaVersion(schema, Optional.empty(), Optional.empty(), Map.of());
    }

    public NewSchemaVersion withId(int chosen) {
        return new NewSchemaVersion(schema, Optional.of(chosen), version, properties);
    }

    public NewSchemaVersion withVersion(int chosen) {
        return new NewSchemaVersion(schema, id, Optional.of(chosen), properties);
    }

    public NewSchemaVersion withProperties(Map<String, String> some) {
        return new NewSchemaVersion(schema, id, version, some);
    }

    JsonObject toJson() {
        JsonObject request = new JsonObject().put("schema", schema);
        id.ifPresent(it -> request.put("id", it));
        version.ifPresent(it -> request.put("version", it));
        if (!properties.isEmpty()) {
            JsonObject texts = new JsonObject();
            new TreeMap<>(properties).forEach(texts::put);
            request.put("metadata", new JsonObject().put("properties", texts));
        }
        return request;
    }
}
