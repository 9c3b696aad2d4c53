package io.alertstream.avro;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The known versions of the alert schema, from {@code *.avsc} files whose records may name each other in any order. The
 * version is in the namespace of the record {@code alert}: {@code lsst.v11_0}.
 */
public final class SchemaCatalog {

    private final NavigableMap<SchemaVersion, AlertSchema> schemas;

    private SchemaCatalog(SchemaParts parts) {
        NavigableMap<SchemaVersion, AlertSchema> found = new TreeMap<>();
        for (AlertSchema schema : parts.alerts()) {
            AlertSchema other = found.put(schema.version(), schema);
            if (other != null) {
                throw new SchemaCatalogException("schema version %s occurs twice in %s: as %s and as %s"
                        .formatted(
                                schema.version(),
                                parts.origin(),
                                other.schema().getFullName(),
                                schema.schema().getFullName()));
            }
        }
        schemas = Collections.unmodifiableNavigableMap(found);
    }

    /** The schemas that come with this software. */
    public static SchemaCatalog bundled() {
        return new SchemaCatalog(SchemaFiles.bundled());
    }

    /**
     * The schemas of a directory: the {@code *.avsc} files in its folders {@code MAJOR/MINOR}, as the survey publishes
     * them, and those in the directory itself. Hidden files and other folders are ignored.
     *
     * @throws SchemaCatalogException if it isn't a directory, holds no schema, or anything in it can't be used
     */
    public static SchemaCatalog read(Path directory) {
        return new SchemaCatalog(SchemaFiles.in(directory));
    }

    /** From the oldest to the newest, at least one. */
    public SortedSet<SchemaVersion> versions() {
        return schemas.navigableKeySet();
    }

    /** From the oldest to the newest, at least one. */
    public Collection<AlertSchema> schemas() {
        return schemas.values();
    }

    /** The schema with the highest version. */
    public AlertSchema latest() {
        return schemas.lastEntry().getValue();
    }

    /** One version, if it is known. */
    public Optional<AlertSchema> get(SchemaVersion version) {
        return Optional.ofNullable(schemas.get(version));
    }
}
