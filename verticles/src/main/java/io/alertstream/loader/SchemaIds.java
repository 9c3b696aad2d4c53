package io.alertstream.loader;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.InvalidSchemaException;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.SchemaParser;
import io.alertstream.registry.NewSchemaVersion;
import io.alertstream.registry.RegisteredSchema;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistryException;
import io.alertstream.registry.SchemaIdSource;
import io.vertx.core.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the id to write and checks that the registry has the schema under it: undecodable alerts are worse than none.
 */
final class SchemaIds {

    private static final Logger log = LoggerFactory.getLogger(SchemaIds.class);

    private final RegistryClient registry;
    private final String subject;

    SchemaIds(RegistryClient registry, String subject) {
        this.registry = registry;
        this.subject = subject;
    }

    /**
     * Finds the id that {@code SCHEMA_ID} specifies.
     *
     * @return fails with a {@link LoadException} if the registry has another schema under the id, or none. If the
     *     registry is unavailable, the id is used unchecked, unless the registry assigns it
     */
    Future<Encoding> resolve(SchemaIdSource source, TargetSchema target, SchemaCatalog catalog) {
        return source.match(
                () -> Future.succeededFuture(target)
                        .map(chosen -> chosen.idOfVersion(catalog))
                        .compose(id -> encoding(id, target, catalog)),
                () -> lookUp(target, catalog),
                fixed -> encoding(fixed.id(), target, catalog));
    }

    private Future<Encoding> encoding(int id, TargetSchema target, SchemaCatalog catalog) {
        return check(id, target, catalog).map(new Encoding(target.schema(), id));
    }

    /** Registers another survey's schema; schema-sync registers those of the catalog. */
    private Future<Encoding> lookUp(TargetSchema target, SchemaCatalog catalog) {
        return registry.lookUp(subject, target.canonicalForm())
                .recover(cause -> isMissing(cause) && !isPublished(target, catalog)
                        ? register(target)
                        : Future.failedFuture(cause))
                .recover(cause -> Future.failedFuture(new LoadException(
                        "SCHEMA_ID = registry: %s isn't found under SCHEMA_SUBJECT = %s (%s); schema-sync registers it"
                                .formatted(describe(target.schema()), subject, cause.getMessage()),
                        cause)))
                .compose(found -> compare(found.id(), found.schema(), target)
                        .map(same -> new Encoding(target.schema(), found.id())));
    }

    private Future<RegisteredSchema> register(TargetSchema target) {
        return registry.register(subject, NewSchemaVersion.of(target.canonicalForm()))
                .onSuccess(id -> log.atInfo()
                        .addKeyValue("role", "loader")
                        .addKeyValue("schemaId", id)
                        .log("registered {} under {}", describe(target.schema()), subject))
                .compose(id -> registry.lookUp(subject, target.canonicalForm()));
    }

    private static boolean isMissing(Throwable cause) {
        return cause instanceof RegistryException failure && failure.reason() == RegistryException.Reason.MISSING;
    }

    private static boolean isPublished(TargetSchema target, SchemaCatalog catalog) {
        return target.version().flatMap(catalog::get).isPresent();
    }

    private Future<Void> check(int id, TargetSchema target, SchemaCatalog catalog) {
        return registry.schemaById(id)
                .compose(document -> compare(id, document, target))
                .recover(cause -> {
                    if (!(cause instanceof RegistryException failure)) {
                        return Future.failedFuture(cause);
                    }
                    if (failure.reason() == RegistryException.Reason.UNAVAILABLE) {
                        log.atWarn()
                                .addKeyValue("role", "loader")
                                .addKeyValue("schemaId", id)
                                .log(
                                        "can't check that the schema id stands for {}, continuing without: {}",
                                        describe(target.schema()),
                                        cause.getMessage());
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(new LoadException(
                            "the schema registry has no usable schema under id %d, expected %s (%s); %s"
                                    .formatted(
                                            id, describe(target.schema()), cause.getMessage(), remedy(target, catalog)),
                            cause));
                });
    }

    private static String remedy(TargetSchema target, SchemaCatalog catalog) {
        return isPublished(target, catalog)
                ? "schema-sync registers it, or change SCHEMA_ID"
                : "schema-sync registers the versions in SCHEMA_DIR, which are %s: set SCHEMA_DIR to a directory that also has %s, or SCHEMA_ID=registry, or change ALERTS_SCHEMA"
                        .formatted(
                                catalog.versions(),
                                target.version()
                                        .map(version -> "version " + version)
                                        .orElse("this schema"));
    }

    private static Future<Void> compare(int id, String document, TargetSchema target) {
        Schema registered;
        try {
            registered = SchemaParser.STRICT.parse(document);
        } catch (InvalidSchemaException e) {
            return Future.failedFuture(new LoadException(
                    "what the schema registry holds under id %d isn't an Avro schema: %s".formatted(id, e.getMessage()),
                    e));
        }
        if (SchemaNormalization.toParsingForm(registered).equals(target.canonicalForm())) {
            return Future.succeededFuture();
        }
        return Future.failedFuture(new LoadException(
                "id %d stands for another schema in the registry: expected %s, found %s; change SCHEMA_ID or ALERTS_SCHEMA"
                        .formatted(id, describe(target.schema()), describe(registered))));
    }

    private static String describe(Schema schema) {
        return "%s (fingerprint %s)".formatted(schema.getFullName(), AlertSchema.crc64(schema));
    }
}
