package io.alertstream.audit;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.DamagedObjectException;
import io.alertstream.avro.AlertIdReader;
import io.alertstream.avro.InvalidSchemaException;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.SchemaParser;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.retry.Retry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Readers of alert ids, built from the archive's schemas. The least recently used ones are evicted, since a message can
 * claim any schema id. For one context.
 */
final class IdReaders {

    private static final int MAX_READERS = 1_000;

    private final AlertArchive archive;
    private final AlertProfile profile;
    private final Retry store;
    private final WorkerExecutor cpu;
    private final Map<Integer, Future<Optional<AlertIdReader>>> readers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Future<Optional<AlertIdReader>>> eldest) {
            return size() > MAX_READERS;
        }
    };

    IdReaders(AlertArchive archive, AlertProfile profile, Retry store, WorkerExecutor cpu) {
        this.archive = archive;
        this.profile = profile;
        this.store = store;
        this.cpu = cpu;
    }

    /** The reader for a schema; empty if the archive doesn't have the schema, or it has no alert id. */
    Future<Optional<AlertIdReader>> of(int schemaId) {
        Future<Optional<AlertIdReader>> known = readers.get(schemaId);
        if (known == null) {
            known = store.call(() -> archive.schema(schemaId))
                    .compose(document -> document.isPresent()
                            ? cpu.executeBlocking(() -> reader(document.get()), false)
                            : Future.<Optional<AlertIdReader>>succeededFuture(Optional.empty()))
                    .recover(failure -> failure instanceof DamagedObjectException
                            ? Future.succeededFuture(Optional.empty())
                            : Future.failedFuture(failure));
            readers.put(schemaId, known);
        }
        return known;
    }

    private Optional<AlertIdReader> reader(String document) {
        try {
            return Optional.of(AlertIdReader.of(SchemaParser.STRICT.parse(document), profile));
        } catch (InvalidSchemaException | NotAnAlertException e) {
            return Optional.empty();
        }
    }
}
