package io.alertstream.local.registry;

import io.alertstream.local.registry.LogRecord.SchemaGone;
import io.alertstream.local.registry.LogRecord.SchemaPut;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Registers schemas and looks them up. */
final class Registrations {

    private final RegistryState state;
    private final TopicLog log;
    private final WriteQueue writes;
    private final SchemaChecks checks;

    Registrations(RegistryState state, TopicLog log, WriteQueue writes, SchemaChecks checks) {
        this.state = state;
        this.log = log;
        this.writes = writes;
        this.checks = checks;
    }

    /**
     * Registers a schema under a subject unless it is there already.
     *
     * @return the version; fails with an {@link ApiError}
     */
    Future<StoredSchema> register(String subject, NewSchema sent) {
        if (subject.startsWith(":.")) {
            return Future.failedFuture(ApiError.invalidSubject(subject));
        }
        return checks.parse(sent).compose(document -> writes.run(() -> registerInTurn(subject, sent, document)));
    }

    private Future<StoredSchema> registerInTurn(String subject, NewSchema sent, AvroDocument document) {
        Optional<StoredSchema> present = present(subject, sent, document);
        if (present.isPresent()) {
            return Future.succeededFuture(present.get());
        }
        requireMode(subject, sent);
        int id = sent.id().or(() -> state.idOf(document.text())).orElseGet(state::nextId);
        StoredSchema added = StoredSchema.avro(subject, version(subject, sent), id, document.text(), sent.metadata());
        requireFree(added);
        return requireCompatible(subject, document)
                .compose(compatible -> log.append(records(added)))
                .map(added);
    }

    /** The existing version with the same schema, if any. */
    private Optional<StoredSchema> present(String subject, NewSchema sent, AvroDocument document) {
        return state.live(subject).stream()
                .limit(sent.version() == -1 ? 1 : Long.MAX_VALUE)
                .filter(schema -> schema.holds(document.text()))
                .filter(schema -> sent.id().isEmpty() || sent.id().get() == schema.id())
                .filter(schema -> sent.version() <= 0 || sent.version() == schema.version())
                .filter(schema -> sent.metadata().isEmpty() || sent.metadata().equals(schema.metadata()))
                .findFirst();
    }

    private void requireMode(String subject, NewSchema sent) {
        Mode mode = state.effectiveMode(subject);
        if (mode.readOnly()) {
            throw ApiError.notPermitted("Subject " + subject + " is in read-only mode");
        }
        if (sent.id().isPresent() && mode != Mode.IMPORT) {
            throw ApiError.notPermitted("Subject " + subject + " is not in import mode");
        }
        if (sent.id().isEmpty() && mode != Mode.READWRITE) {
            throw ApiError.notPermitted("Subject " + subject + " is not in read-write mode");
        }
    }

    private int version(String subject, NewSchema sent) {
        int last =
                state.versions(subject).isEmpty() ? 0 : state.versions(subject).lastKey();
        if (sent.version() <= 0 && last == Integer.MAX_VALUE) {
            throw ApiError.notPermitted(
                    "Subject " + subject + " has the greatest version possible, " + last
                            + ", so that no other can follow. Delete that version for good, or choose a free one in mode IMPORT.");
        }
        int next = last + 1;
        if (sent.version() <= 0) {
            return next;
        }
        if (sent.version() != next && state.effectiveMode(subject) != Mode.IMPORT) {
            throw ApiError.invalidSchema("Version is not one more than previous version");
        }
        return sent.version();
    }

    private void requireFree(StoredSchema added) {
        state.byId(added.id()).filter(known -> !known.sameSchema(added)).ifPresent(known -> {
            throw ApiError.notPermitted("Overwrite new schema with id " + added.id() + " is not permitted.");
        });
        state.at(added.place())
                // Another id for the same schema would invalidate the current id, which messages contain.
                .filter(known -> !known.sameSchema(added) || known.id() != added.id())
                .ifPresent(known -> {
                    throw ApiError.notPermitted("Overwrite version " + added.version() + " of subject "
                            + added.subject() + " with another schema or id is not permitted.");
                });
    }

    private Future<Void> requireCompatible(String subject, AvroDocument document) {
        if (state.effectiveMode(subject) == Mode.IMPORT) {
            return Future.succeededFuture();
        }
        return checks.problems(state.effectiveLevel(subject), document, state.live(subject))
                .map(problems -> {
                    if (!problems.isEmpty()) {
                        throw ApiError.incompatible(subject, problems.toString());
                    }
                    return null;
                });
    }

    /** Adds the new version, and removes softly deleted ones with the same schema. */
    private List<LogRecord> records(StoredSchema added) {
        List<LogRecord> records = new ArrayList<>();
        state.versions(added.subject()).headMap(added.version(), false).values().stream()
                .filter(earlier -> earlier.deleted() && earlier.id() == added.id())
                .forEach(earlier -> records.add(new SchemaGone(earlier.subject(), earlier.version())));
        records.add(new SchemaPut(added));
        return records;
    }

    /**
     * Finds a schema under a subject.
     *
     * @param deleted whether softly deleted versions count
     */
    Future<StoredSchema> lookUp(String subject, NewSchema sent, boolean deleted) {
        return checks.parse(sent).map(document -> state.versions(subject).descendingMap().values().stream()
                .filter(schema -> deleted || !schema.deleted())
                .filter(schema -> schema.holds(document.text()))
                .findFirst()
                .orElseThrow(() ->
                        hasSubject(subject, deleted) ? ApiError.schemaNotFound() : ApiError.subjectNotFound(subject)));
    }

    private boolean hasSubject(String subject, boolean deleted) {
        return deleted
                ? !state.versions(subject).isEmpty()
                : !state.live(subject).isEmpty();
    }

    /** The incompatibilities of a schema with earlier ones, newest first, at the subject's level. */
    Future<List<String>> problems(String subject, NewSchema sent, List<StoredSchema> earlier) {
        return checks.parse(sent)
                .compose(document -> checks.problems(state.effectiveLevel(subject), document, earlier));
    }
}
