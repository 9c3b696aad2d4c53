package io.alertstream.schemasync;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.InvalidSchemaException;
import io.alertstream.avro.SchemaParser;
import io.alertstream.registry.RegisteredSchema;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistryException;
import io.alertstream.registry.RegistryException.Reason;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the part of a plan that the registry lacks; changes nothing. */
final class Inspection {

    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

    /** A schema to register, with its document. */
    record Missing(Placement placement, String document) {}

    private final RegistryClient registry;

    Inspection(RegistryClient registry) {
        this.registry = registry;
    }

    /**
     * Checks one placement.
     *
     * @return empty if the schema is there; fails with a {@link SchemaSyncException} if its id or version belongs
     *     to another schema
     */
    Future<Optional<Missing>> inspect(Placement placement) {
        String canonical = placement.schema().canonicalForm();
        if (placement.id().isEmpty()) {
            return orEmpty(registry.lookUp(placement.subject().name(), canonical))
                    .map(found -> found.isPresent() ? Optional.empty() : missing(placement, canonical));
        }
        int id = placement.id().get();
        return orEmpty(registry.schemaById(id))
                .compose(held -> requireSame("id " + id, held, placement).map(held.orElse(canonical)))
                .compose(document -> placement.subject().shared()
                        ? asVersion(placement, id, document)
                        : underOwnSubject(placement, document));
    }

    /** In the shared subject, the version is the id. */
    private Future<Optional<Missing>> asVersion(Placement placement, int id, String document) {
        String subject = placement.subject().name();
        return registry.version(subject, id).compose(found -> {
            if (found.isEmpty()) {
                return reportOtherVersion(placement, id).map(missing(placement, document));
            }
            return requireSame(
                            "version " + id + " of subject " + subject, found.map(RegisteredSchema::schema), placement)
                    .compose(same -> found.get().id() == id
                            ? Future.succeededFuture(Optional.empty())
                            : Future.failedFuture(new SchemaSyncException(
                                    "version %d of subject %s has id %d, expected id %d. Nothing was changed; see SCHEMA_ID"
                                                    .formatted(
                                                            id,
                                                            subject,
                                                            found.get().id(),
                                                            id)
                                            + " and SCHEMA_SUBJECT")));
        });
    }

    /** Earlier releases let the registry assign versions. Consumers may use those, so they stay. */
    private Future<Void> reportOtherVersion(Placement placement, int id) {
        return orEmpty(registry.subjectsOf(id)).map(subjects -> {
            if (subjects.orElse(List.of()).contains(placement.subject().name())) {
                LOG.atInfo()
                        .addKeyValue("schemaId", id)
                        .addKeyValue("subject", placement.subject())
                        .log("the subject has this schema under another version, which is kept; adding version {}", id);
            }
            return null;
        });
    }

    /** A schema's own subject may have it under any id: the survey's job lets the registry assign ids there. */
    private Future<Optional<Missing>> underOwnSubject(Placement placement, String document) {
        return registry.latest(placement.subject().name())
                .map(latest -> latest.filter(it -> isSame(it.schema(), placement.schema()))
                                .isPresent()
                        ? Optional.empty()
                        : missing(placement, document));
    }

    /** The schema in this place must be the expected one. The registry's document continues to be used. */
    private static Future<Void> requireSame(String place, Optional<String> held, Placement placement) {
        Optional<String> other = held.filter(document -> !isSame(document, placement.schema()));
        return other.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(new SchemaSyncException(
                        "%s stands for another schema than alert schema %s: the registry has %s, expected %s. Nothing was changed; see SCHEMA_ID and SCHEMA_REGISTRY_URL"
                                .formatted(
                                        place,
                                        placement.schema().version(),
                                        describe(other.get()),
                                        describe(placement.schema().schema()))));
    }

    /** Compares whole canonical forms, since fingerprints are easily forged. */
    private static boolean isSame(String document, AlertSchema expected) {
        try {
            Schema schema = SchemaParser.ANY_DEFAULTS.parse(document);
            return SchemaNormalization.toParsingForm(schema).equals(expected.canonicalForm());
        } catch (InvalidSchemaException e) {
            return false;
        }
    }

    private static Optional<Missing> missing(Placement placement, String document) {
        return Optional.of(new Missing(placement, document));
    }

    private static String describe(String document) {
        try {
            return describe(SchemaParser.ANY_DEFAULTS.parse(document));
        } catch (InvalidSchemaException e) {
            return "a document that isn't an Avro schema (" + e.getMessage() + ")";
        }
    }

    private static String describe(Schema schema) {
        return schema.getFullName() + " with the CRC-64-AVRO fingerprint " + AlertSchema.crc64(schema);
    }

    private static <T> Future<Optional<T>> orEmpty(Future<T> answer) {
        return answer.map(Optional::of)
                .recover(cause -> cause instanceof RegistryException failure && failure.reason() == Reason.MISSING
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(cause));
    }
}
