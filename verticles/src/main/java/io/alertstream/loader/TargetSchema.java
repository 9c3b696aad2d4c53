package io.alertstream.loader;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.AlertSource;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.SchemaVersion;
import io.alertstream.settings.InvalidSettingsException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schema that alerts are written in.
 *
 * @param version from the catalog or the namespace; empty for a file's own schema if its namespace has no version
 */
record TargetSchema(Schema schema, Optional<SchemaVersion> version) {

    /**
     * Chooses the schema that {@code ALERTS_SCHEMA} asks for.
     *
     * @throws InvalidSettingsException if the catalog doesn't have it
     */
    static TargetSchema choose(AlertsSchema choice, SchemaCatalog catalog, AlertSource source) {
        if (choice instanceof AlertsSchema.AsWritten) {
            return new TargetSchema(
                    source.schema(),
                    Optional.ofNullable(source.schema().getNamespace()).flatMap(SchemaVersion::ofNamespace));
        }
        AlertSchema chosen = catalog.latest();
        if (choice instanceof AlertsSchema.Version wanted) {
            chosen = catalog.get(wanted.version())
                    .orElseThrow(() -> InvalidSettingsException.of(
                            AlertsSchema.SETTING,
                            wanted.version(),
                            "one of the versions %s, or another SCHEMA_DIR".formatted(catalog.versions())));
        }
        return new TargetSchema(chosen.schema(), Optional.of(chosen.version()));
    }

    /**
     * The id that the survey assigns to its version.
     *
     * @throws LoadException if it has no version, or has one for which the catalog has a different schema
     */
    int idOfVersion(SchemaCatalog catalog) {
        SchemaVersion known = version.orElseThrow(() -> new LoadException(
                "SCHEMA_ID = version: expected the file's schema to have its version in its namespace, such as lsst.v9_0, found %s; "
                                .formatted(schema.getFullName())
                        + "set SCHEMA_ID to a number or to registry, or ALERTS_SCHEMA to a version"));
        catalog.get(known).ifPresent(published -> {
            if (!published.canonicalForm().equals(canonicalForm())) {
                throw new LoadException(
                        "SCHEMA_ID = version: the file's schema calls itself %s but isn't the catalog's: its fingerprint is %s, the catalog's %s; "
                                        .formatted(
                                                known, AlertSchema.crc64(schema), AlertSchema.crc64(published.schema()))
                                + "set SCHEMA_ID to a number or to registry, or ALERTS_SCHEMA to a version");
            }
        });
        return known.id();
    }

    String canonicalForm() {
        return SchemaNormalization.toParsingForm(schema);
    }
}
