package io.alertstream.ingester;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.Crc32c;
import io.alertstream.archive.Outcome;
import io.alertstream.avro.AlertIdReader;
import io.alertstream.avro.InvalidSchemaException;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.SchemaParser;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.kafka.DeadLetter.Reason;
import io.alertstream.registry.RegistryException;
import io.alertstream.retry.Retry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.avro.SchemaNormalization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas of alerts. Each is looked up in the registry once, and archived before the first alert that uses it.
 *
 * <p>Lookups are retried while the registry is unavailable. Its answers are final: alerts become dead letters if
 * their schema is unknown, isn't Avro or has no alert id, since the schema under an id never changes. Such an answer
 * expires after a minute, in case the alerts arrived before their schema was registered.
 */
final class Schemas {

    private static final Logger log = LoggerFactory.getLogger(Schemas.class);
    private static final int MAX_UNUSABLE = 10_000;
    private static final Duration UNUSABLE_FOR = Duration.ofMinutes(1);

    private final IntFunction<Future<String>> registry;
    private final AlertArchive archive;
    private final Retry askRegistry;
    private final Retry store;
    private final AlertProfile profile;
    private final WorkerExecutor cpu;
    private final Map<Integer, Usable> usable = new ConcurrentHashMap<>();
    private final ExpiringMap<Integer, Unusable> unusable;
    private final Map<Integer, Future<Void>> loading = new HashMap<>();

    /** A schema that the registry was asked for. */
    sealed interface Entry {

        /** Applies the function for this entry. */
        <R> R match(Function<Usable, R> usable, Function<Unusable, R> unusable);
    }

    /** Alerts with this schema can be archived. */
    record Usable(AlertIdReader ids) implements Entry {

        @Override
        public <R> R match(Function<Usable, R> usable, Function<Unusable, R> unusable) {
            return usable.apply(this);
        }
    }

    /** Alerts with this schema become dead letters. */
    record Unusable(Reason reason, String text) implements Entry {

        @Override
        public <R> R match(Function<Usable, R> usable, Function<Unusable, R> unusable) {
            return unusable.apply(this);
        }
    }

    /**
     * @param registry gives the schema document of an id
     * @param profile where alerts hold their id
     * @param cpu parses schemas, which would block an event loop
     */
    Schemas(
            IntFunction<Future<String>> registry,
            AlertArchive archive,
            Retry askRegistry,
            Retry store,
            AlertProfile profile,
            WorkerExecutor cpu,
            Clock clock) {
        this.registry = registry;
        this.archive = archive;
        this.askRegistry = askRegistry;
        this.store = store;
        this.profile = profile;
        this.cpu = cpu;
        this.unusable = new ExpiringMap<>(clock, MAX_UNUSABLE, UNUSABLE_FOR);
    }

    /** Whether a failed lookup is the registry's answer: it has no such schema, or refuses. */
    static boolean isAnswer(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.reason() != RegistryException.Reason.UNAVAILABLE;
    }

    /** The schema's entry; empty if it wasn't looked up yet. Safe to call from any thread. */
    Optional<Entry> known(int id) {
        Entry entry = usable.get(id);
        return entry != null ? Optional.of(entry) : unusable.get(id).map(refused -> refused);
    }

    /**
     * Looks a schema up; on the ingester's context.
     *
     * @return succeeds when the schema is known; fails if the ingester stops first
     */
    Future<Void> load(int id) {
        if (known(id).isPresent()) {
            // Another message's lookup has finished meanwhile.
            return Future.succeededFuture();
        }
        Future<Void> running = loading.get(id);
        if (running != null) {
            return running;
        }
        Future<Void> load = askRegistry
                .call(() -> registry.apply(id))
                .compose(
                        document -> take(id, document),
                        refusal -> isAnswer(refusal) ? refused(id, refusal) : Future.failedFuture(refusal));
        loading.put(id, load);
        load.onComplete(done -> loading.remove(id));
        return load;
    }

    private Future<Void> refused(int id, Throwable failure) {
        boolean missing = ((RegistryException) failure).reason() == RegistryException.Reason.MISSING;
        reject(id, missing ? Reason.UNKNOWN_SCHEMA : Reason.UNUSABLE_SCHEMA, failure.getMessage());
        return Future.succeededFuture();
    }

    private Future<Void> take(int id, String document) {
        return cpu.executeBlocking(() -> AlertIdReader.of(SchemaParser.STRICT.parse(document), profile), false)
                .compose(ids -> keep(id, document, ids), failure -> {
                    if (failure instanceof InvalidSchemaException || failure instanceof NotAnAlertException) {
                        reject(id, Reason.UNUSABLE_SCHEMA, failure.getMessage());
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(failure);
                });
    }

    private Future<Void> keep(int id, String document, AlertIdReader ids) {
        return store.call(() -> archive.putSchema(id, document))
                .compose(outcome -> check(id, document, outcome))
                .onSuccess(conflict -> conflict.ifPresentOrElse(
                        text -> reject(id, Reason.SCHEMA_CONFLICT, text), () -> usable.put(id, new Usable(ids))))
                .mapEmpty();
    }

    /** Why a schema that is now in the archive can't be used; empty if it can. */
    private Future<Optional<String>> check(int id, String document, Outcome outcome) {
        return outcome.match(new Outcome.Cases<>(
                () -> {
                    log.atInfo()
                            .addKeyValue("schemaId", Integer.toUnsignedString(id))
                            .log("schema archived");
                    return Future.succeededFuture(Optional.empty());
                },
                () -> Future.succeededFuture(Optional.empty()),
                conflict -> difference(id, document, conflict),
                unreadable -> Future.succeededFuture(
                        Optional.of("the archive's object under this id can't be read: " + unreadable.reason()))));
    }

    private Future<Optional<String>> difference(int id, String document, Outcome.Conflict conflict) {
        return store.call(() -> archive.schema(id))
                .compose(stored ->
                        cpu.executeBlocking(() -> stored.isPresent() && readTheSame(stored.get(), document), false))
                .map(same -> same
                        ? Optional.empty()
                        : Optional.of("the archive holds another schema under this id, with CRC-32C "
                                + Crc32c.text(conflict.storedCrc32c()) + " instead of "
                                + Crc32c.text(conflict.offeredCrc32c())));
    }

    /** Whether two documents are the same schema to a reader, apart from field order, whitespace and documentation. */
    private static boolean readTheSame(String stored, String offered) {
        try {
            return normalForm(stored).equals(normalForm(offered));
        } catch (InvalidSchemaException e) {
            return false;
        }
    }

    private static String normalForm(String document) {
        return SchemaNormalization.toParsingForm(SchemaParser.STRICT.parse(document));
    }

    private void reject(int id, Reason reason, String text) {
        log.atError()
                .addKeyValue("schemaId", Integer.toUnsignedString(id))
                .log("schema unusable, its alerts become dead letters: {}", text);
        unusable.put(id, new Unusable(reason, text));
    }
}
