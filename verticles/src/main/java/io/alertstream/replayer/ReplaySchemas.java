package io.alertstream.replayer;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.NextSchema;
import io.alertstream.avro.SchemaParser;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.journal.FaultKind;
import io.alertstream.replayer.PacketTools.Next;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The schemas of the static topic's alerts, and what is derived from them. Failures aren't cached: the next visit asks
 * again. For one context.
 */
final class ReplaySchemas {

    /** Runs work that would block an event loop on another thread. */
    @FunctionalInterface
    interface Worker {
        <T> Future<T> run(Callable<T> work);
    }

    private final AlertProfile profile;
    private final Function<Integer, Future<String>> documents;
    private final BiFunction<String, String, Future<Integer>> register;
    private final Worker worker;
    private final Map<Integer, Future<PacketTools>> tools = new HashMap<>();
    private final Map<String, Future<Next>> nexts = new HashMap<>();

    /**
     * @param profile where the alerts hold their ids and times
     * @param documents the registry's schemas by id
     * @param register registers a version's schema, given its name and document, and returns its id
     */
    ReplaySchemas(
            AlertProfile profile,
            Function<Integer, Future<String>> documents,
            BiFunction<String, String, Future<Integer>> register,
            Worker worker) {
        this.profile = profile;
        this.documents = documents;
        this.register = register;
        this.worker = worker;
    }

    Future<PacketTools> of(int schemaId) {
        return known(tools, schemaId, () -> documents
                .apply(schemaId)
                .compose(document ->
                        worker.run(() -> PacketTools.of(SchemaParser.ANY_DEFAULTS.parse(document), profile))));
    }

    /** The next minor or major version of a schema, registered. */
    Future<Next> next(FaultKind version, int schemaId) {
        String name = schemaId + "-" + version.text();
        return known(nexts, name, () -> documents
                .apply(schemaId)
                .compose(document -> worker.run(() -> {
                    var now = SchemaParser.ANY_DEFAULTS.parse(document);
                    return version == FaultKind.NEW_MAJOR ? NextSchema.major(now) : NextSchema.minor(now);
                }))
                .compose(next -> register.apply(name, next.schema())
                        .compose(id -> worker.run(() ->
                                new Next(id, next, AlertDecoder.of(SchemaParser.ANY_DEFAULTS.parse(next.schema())))))));
    }

    private static <K, V> Future<V> known(Map<K, Future<V>> map, K key, Supplier<Future<V>> make) {
        Future<V> known = map.get(key);
        if (known == null) {
            known = make.get();
            map.put(key, known);
            known.onFailure(e -> map.remove(key));
        }
        return known;
    }
}
