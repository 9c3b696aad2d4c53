package io.alertstream.settings;

/** Which schemas the synchronization puts into the registry: the values of {@code SCHEMA_SYNC}. */
public enum SchemaSync {
    LATEST,
    ALL
}
