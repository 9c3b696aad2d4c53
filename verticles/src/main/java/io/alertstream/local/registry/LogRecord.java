package io.alertstream.local.registry;

/** What one record of the topic says. An empty subject stands for the whole registry. */
sealed interface LogRecord {

    /** The subject that means the registry as a whole. */
    String GLOBAL = "";

    record SchemaPut(StoredSchema schema) implements LogRecord {}

    /** The version is gone for good. */
    record SchemaGone(String subject, int version) implements LogRecord {}

    /** All versions up to this one are softly deleted. */
    record SubjectDeleted(String subject, int upToVersion) implements LogRecord {}

    record ConfigPut(String subject, Compatibility level) implements LogRecord {}

    record ConfigGone(String subject) implements LogRecord {}

    record ModePut(String subject, Mode mode) implements LogRecord {}

    record ModeGone(String subject) implements LogRecord {}

    /** Tells other registries to forget what they derived from a subject's deleted schemas. */
    record SubjectCleared(String subject) implements LogRecord {}

    /** Changes nothing here. */
    record Other(String what) implements LogRecord {}
}
