package io.alertstream.schemasync;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.settings.SchemaIdSource;
import io.alertstream.settings.SchemaSync;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A schema that should be under a subject.
 *
 * @param id that it should have; empty for one that the registry assigns
 */
record Placement(String subject, AlertSchema schema, Optional<Integer> id) {

    /** All that the settings ask for, from the oldest schema to the newest. */
    static List<Placement> plan(SchemaCatalog catalog, SchemaSyncSettings settings) {
        boolean all = settings.which() == SchemaSync.ALL;
        Collection<AlertSchema> chosen = all ? catalog.schemas() : List.of(catalog.latest());
        List<Placement> plan = new ArrayList<>();
        for (AlertSchema schema : chosen) {
            Optional<Integer> id = idOf(schema, catalog, settings.id());
            plan.add(new Placement(settings.subject(), schema, id));
            if (all) {
                plan.add(new Placement(publicSubject(schema), schema, id));
            }
        }
        return plan;
    }

    /** The subject that holds this version, and nothing else, in the survey's public registry. */
    private static String publicSubject(AlertSchema schema) {
        return "lsst-alerts-v" + schema.version() + "-value";
    }

    private static Optional<Integer> idOf(AlertSchema schema, SchemaCatalog catalog, SchemaIdSource source) {
        if (source instanceof SchemaIdSource.OfVersion) {
            return Optional.of(schema.id());
        }
        if (source instanceof SchemaIdSource.Fixed fixed && schema.equals(catalog.latest())) {
            return Optional.of(fixed.id());
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "alert schema " + schema.version() + " under subject " + subject
                + id.map(number -> " and id " + number).orElse("");
    }
}
