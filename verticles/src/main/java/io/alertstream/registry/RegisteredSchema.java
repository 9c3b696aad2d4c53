package io.alertstream.registry;

/**
 * A version of a subject.
 *
 * @param id of the schema, the same in all subjects
 * @param version counted by subject, from 1
 * @param schema the schema document
 */
public record RegisteredSchema(String subject, int id, int version, String schema) {}
