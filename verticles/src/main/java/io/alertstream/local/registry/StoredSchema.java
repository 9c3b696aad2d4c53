package io.alertstream.local.registry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A version of a subject.
 *
 * @param deleted softly: hidden, but still found by its id
 * @param extras further fields of the record: {@code metadata}, and what only another registry writes, such as
 *     {@code schemaType} and {@code references}. Stored and returned unchanged
 */
record StoredSchema(String subject, int version, int id, String document, boolean deleted, JsonObject extras) {

    private static final String AVRO = "AVRO";

    static StoredSchema avro(String subject, int version, int id, String document, Optional<JsonObject> metadata) {
        JsonObject extras = new JsonObject();
        metadata.ifPresent(it -> extras.put(Metadata.FIELD, it));
        return new StoredSchema(subject, version, id, document, false, extras);
    }

    SubjectVersion place() {
        return new SubjectVersion(subject, version);
    }

    StoredSchema softlyDeleted() {
        return new StoredSchema(subject, version, id, document, true, extras);
    }

    boolean isAvro() {
        return extras.getValue("schemaType", AVRO).equals(AVRO) && references().isEmpty();
    }

    /** Whether this is the plain Avro schema of this text. */
    boolean holds(String avroText) {
        return isAvro() && document.equals(avroText);
    }

    /** Whether both are the same schema, wherever they are registered. */
    boolean sameSchema(StoredSchema other) {
        return document.equals(other.document)
                && extras.getValue("schemaType", AVRO).equals(other.extras.getValue("schemaType", AVRO))
                && references().equals(other.references());
    }

    Optional<JsonObject> metadata() {
        return extras.getValue(Metadata.FIELD) instanceof JsonObject metadata
                ? Optional.of(metadata)
                : Optional.empty();
    }

    private JsonArray references() {
        return extras.getValue("references") instanceof JsonArray array ? array : new JsonArray();
    }

    /** The schema with its subject, version and id. */
    JsonObject toJson() {
        JsonObject json =
                new JsonObject().put("subject", subject).put("version", version).put("id", id);
        addExtrasTo(json);
        return json.put("schema", document);
    }

    /** The schema alone. */
    JsonObject toSchemaJson() {
        JsonObject json = new JsonObject();
        addExtrasTo(json);
        return json.put("schema", document);
    }

    private void addExtrasTo(JsonObject json) {
        if (!extras.getValue("schemaType", AVRO).equals(AVRO)) {
            json.put("schemaType", extras.getValue("schemaType"));
        }
        if (!references().isEmpty()) {
            json.put("references", references());
        }
        metadata().ifPresent(it -> json.put(Metadata.FIELD, it));
    }
}
