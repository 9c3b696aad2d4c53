package io.alertstream.registry;

/**
 * A schema as a subject holds it.
 *
 * @param id the same wherever this schema is registered
 * @param version counted by subject, from 1
 * @param schema the schema document
 */
public record RegisteredSchema(String subject, int id, int version, String schema) {}
