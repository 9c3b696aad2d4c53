package io.alertstream.schemasync;

import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistryException;
import io.alertstream.registry.RegistryException.Reason;
import io.vertx.core.Future;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;

/** Looks what of a plan is in the registry; changes nothing. */
final class Inspection {

    /** A schema that has to be registered, as the document to register. */
    record Missing(Placement placement, String document) {}

    private final RegistryClient registry;

    Inspection(RegistryClient registry) {
        this.registry = registry;
    }

    /**
     * Whether a schema is where it should be.
     *
     * @return empty if it is; fails with a {@link SchemaSyncException} if its id stands for another schema
     */
    Future<Optional<Missing>> inspect(Placement placement) {
        String canonical = placement.schema().canonicalForm();
        if (placement.id().isEmpty()) {
            return orEmpty(registry.lookUp(placement.subject(), canonical))
                    .map(found -> found.isPresent() ? Optional.empty() : missing(placement, canonical));
        }
        int id = placement.id().get();
        return orEmpty(registry.schemaById(id))
                .compose(held -> held.isEmpty()
                        ? Future.succeededFuture(missing(placement, canonical))
                        : underSubject(placement, id, held.get()));
    }

    /** The id is taken: by the same schema, or else that is an error. The registry's own document goes on being used. */
    private Future<Optional<Missing>> underSubject(Placement placement, int id, String held) {
        String expected = placement.schema().crc64();
        String found = fingerprint(held);
        if (!found.equals(expected)) {
            return Future.failedFuture(
                    new SchemaSyncException("id " + id + " stands for another schema than alert schema "
                            + placement.schema().version() + ": its CRC-64-AVRO fingerprint is " + found
                            + " in the registry, expected "
                            + expected + ". Nothing was changed; see SCHEMA_ID and SCHEMA_REGISTRY_URL"));
        }
        return registry.subjectsOf(id)
                .map(subjects -> subjects.contains(placement.subject()) ? Optional.empty() : missing(placement, held));
    }

    private static Optional<Missing> missing(Placement placement, String document) {
        return Optional.of(new Missing(placement, document));
    }

    private static String fingerprint(String document) {
        try {
            Schema schema = new Schema.Parser().setValidateDefaults(false).parse(document);
            return HexFormat.of().toHexDigits(SchemaNormalization.parsingFingerprint64(schema));
        } catch (SchemaParseException e) {
            return "none (not an Avro schema: " + e.getMessage() + ")";
        }
    }

    private static <T> Future<Optional<T>> orEmpty(Future<T> answer) {
        return answer.map(Optional::of)
                .recover(cause -> cause instanceof RegistryException failure && failure.reason() == Reason.MISSING
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(cause));
    }
}
