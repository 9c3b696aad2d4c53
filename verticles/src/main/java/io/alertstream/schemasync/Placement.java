package io.alertstream.schemasync;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.registry.NewSchemaVersion;
import io.alertstream.registry.SchemaIdSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A schema to be registered under a subject.
 *
 * @param id the schema's id; empty to let the registry assign one
 */
record Placement(Subject subject, AlertSchema schema, Optional<Integer> id) {

    /** The metadata property in which the survey's job stores a schema's id. */
    private static final String ID_PROPERTY = "confluent:version";

    /** All placements that the settings ask for, from the oldest schema to the newest. */
    static List<Placement> plan(SchemaCatalog catalog, SchemaSyncSettings settings) {
        boolean all = settings.which() == SchemaSync.ALL;
        Collection<AlertSchema> chosen = all ? catalog.schemas() : List.of(catalog.latest());
        Subject shared = new Subject(settings.subject(), true);
        List<Placement> plan = new ArrayList<>();
        for (AlertSchema schema : chosen) {
            Optional<Integer> id = idOf(schema, catalog, settings.id());
            plan.add(new Placement(shared, schema, id));
            if (all) {
                plan.add(new Placement(subjectOf(schema), schema, id));
            }
        }
        return plan;
    }

    /** The subject for this version alone in the survey's public registry. */
    private static Subject subjectOf(AlertSchema schema) {
        return new Subject("lsst-alerts-v" + schema.version() + "-value", false);
    }

    private static Optional<Integer> idOf(AlertSchema schema, SchemaCatalog catalog, SchemaIdSource source) {
        return source.match(
                () -> Optional.of(schema.id()),
                Optional::empty,
                fixed -> schema.equals(catalog.latest()) ? Optional.of(fixed.id()) : Optional.empty());
    }

    /**
     * The version to register.
     *
     * @param document the schema, as the registry may already have it under this id
     */
    NewSchemaVersion registration(String document) {
        NewSchemaVersion plain = NewSchemaVersion.of(document);
        if (id.isEmpty()) {
            return plain;
        }
        int number = id.get();
        NewSchemaVersion chosen = plain.withId(number);
        return subject.shared()
                ? chosen.withVersion(number)
                : chosen.withProperties(Map.of(ID_PROPERTY, Integer.toString(number)));
    }

    @Override
    public String toString() {
        return "alert schema " + schema.version() + " under subject " + subject
                + id.map(number -> " and id " + number).orElse("");
    }
}
