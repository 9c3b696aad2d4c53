package io.alertstream.local.registry;

import io.alertstream.local.registry.LogRecord.ConfigGone;
import io.alertstream.local.registry.LogRecord.ConfigPut;
import io.alertstream.local.registry.LogRecord.ModeGone;
import io.alertstream.local.registry.LogRecord.ModePut;
import io.alertstream.local.registry.LogRecord.Other;
import io.alertstream.local.registry.LogRecord.SchemaGone;
import io.alertstream.local.registry.LogRecord.SchemaPut;
import io.alertstream.local.registry.LogRecord.SubjectCleared;
import io.alertstream.local.registry.LogRecord.SubjectDeleted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Records as Confluent's registry writes them: JSON keys and values. Compaction compares the bytes of keys, so the
 * order
 * of their fields is part of the format: keytype, subject, version, magic; what is null is left out.
 */
final class RecordFormat {

    private static final int SCHEMA_MAGIC = 1;
    private static final int OTHER_MAGIC = 0;

    /** Key and value of a record; a null value is a tombstone. */
    record Encoded(Buffer key, Buffer value) {

        int bytes() {
            return key.length() + (value == null ? 0 : value.length());
        }
    }

    private RecordFormat() {}

    static Encoded encode(LogRecord record) {
        if (record instanceof SchemaPut put) {
            StoredSchema schema = put.schema();
            return encoded(schemaKey(schema.subject(), schema.version()), schemaValue(schema));
        }
        if (record instanceof SchemaGone gone) {
            return encoded(schemaKey(gone.subject(), gone.version()), null);
        }
        if (record instanceof SubjectDeleted deleted) {
            return encoded(
                    key("DELETE_SUBJECT", deleted.subject()),
                    value(deleted.subject()).put("version", deleted.upToVersion()));
        }
        if (record instanceof ConfigPut put) {
            return encoded(
                    key("CONFIG", put.subject()),
                    value(put.subject()).put("compatibilityLevel", put.level().name()));
        }
        if (record instanceof ConfigGone gone) {
            return encoded(key("CONFIG", gone.subject()), null);
        }
        if (record instanceof ModePut put) {
            return encoded(
                    key("MODE", put.subject()),
                    value(put.subject()).put("mode", put.mode().name()));
        }
        if (record instanceof ModeGone gone) {
            return encoded(key("MODE", gone.subject()), null);
        }
        if (record instanceof SubjectCleared cleared) {
            return encoded(key("CLEAR_SUBJECT", cleared.subject()), value(cleared.subject()));
        }
        throw new IllegalArgumentException("not a record that is written: " + record);
    }

    /**
     * Reads a record.
     *
     * @param key of the Kafka record; may be null
     * @param value null for a tombstone
     * @return {@link Other} for a record that is irrelevant here or can't be read
     */
    static LogRecord decode(byte[] key, byte[] value) {
        try {
            if (key == null) {
                return new Other("a record without a key");
            }
            JsonObject readKey = new JsonObject(Buffer.buffer(key));
            return decode(
                    readKey, Optional.ofNullable(value).map(Buffer::buffer).map(JsonObject::new));
        } catch (DecodeException | ClassCastException e) {
            return new Other("an unreadable record (" + e.getMessage() + ")");
        }
    }

    private static LogRecord decode(JsonObject key, Optional<JsonObject> value) {
        String type = key.getString("keytype", "no");
        // Older releases write null for the whole registry.
        String named = key.getString("subject");
        String subject = named == null ? LogRecord.GLOBAL : named;
        return switch (type) {
            case "SCHEMA" -> schema(key, value);
            case "DELETE_SUBJECT" ->
                value.map(it -> it.getInteger("version"))
                        .<LogRecord>map(version -> new SubjectDeleted(subject, version))
                        .orElseGet(() -> new Other(type));
            case "CONFIG" ->
                value.isEmpty()
                        ? new ConfigGone(subject)
                        : value.map(it -> it.getString("compatibilityLevel"))
                                .flatMap(Compatibility::parse)
                                .<LogRecord>map(level -> new ConfigPut(subject, level))
                                .orElseGet(() -> new Other(type + " without a known compatibility level"));
            case "MODE" ->
                value.isEmpty()
                        ? new ModeGone(subject)
                        : value.map(it -> it.getString("mode"))
                                .flatMap(Mode::parse)
                                .<LogRecord>map(mode -> new ModePut(subject, mode))
                                .orElseGet(() -> new Other(type + " without a known mode"));
            default -> new Other(type);
        };
    }

    private static LogRecord schema(JsonObject key, Optional<JsonObject> value) {
        String subject = key.getString("subject");
        Integer version = key.getInteger("version");
        if (subject == null || version == null) {
            return new Other("a schema's key without subject and version");
        }
        if (value.isEmpty()) {
            return new SchemaGone(subject, version);
        }
        JsonObject fields = value.get().copy();
        Integer id = fields.getInteger("id");
        String document = fields.getString("schema");
        boolean deleted = fields.getBoolean("deleted", false);
        if (id == null || document == null) {
            return new Other("a schema without id and text");
        }
        for (String own : new String[] {"subject", "version", "id", "schema", "deleted"}) {
            fields.remove(own);
        }
        return new SchemaPut(new StoredSchema(subject, version, id, document, deleted, fields));
    }

    private static JsonObject schemaKey(String subject, int version) {
        return new JsonObject()
                .put("keytype", "SCHEMA")
                .put("subject", subject)
                .put("version", version)
                .put("magic", SCHEMA_MAGIC);
    }

    private static JsonObject schemaValue(StoredSchema schema) {
        JsonObject value =
                value(schema.subject()).put("version", schema.version()).put("id", schema.id());
        schema.extras().forEach(entry -> value.put(entry.getKey(), entry.getValue()));
        return value.put("schema", schema.document()).put("deleted", schema.deleted());
    }

    private static JsonObject key(String type, String subject) {
        JsonObject key = new JsonObject().put("keytype", type);
        if (!subject.equals(LogRecord.GLOBAL)) {
            key.put("subject", subject);
        }
        return key.put("magic", OTHER_MAGIC);
    }

    private static JsonObject value(String subject) {
        return subject.equals(LogRecord.GLOBAL) ? new JsonObject() : new JsonObject().put("subject", subject);
    }

    private static Encoded encoded(JsonObject key, JsonObject value) {
        return new Encoded(key.toBuffer(), value == null ? null : value.toBuffer());
    }
}
