package io.alertstream.schemasync;

import io.alertstream.registry.NewSchemaVersion;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistryException;
import io.alertstream.schemasync.Inspection.Missing;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes a plan: first checks all of it, then registers what is missing, subject by subject. */
final class SchemaSynchronizer {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaSynchronizer.class);

    private static final int INCOMPATIBLE = 409;

    /** The result of a run. */
    record Outcome(int registered, int present) {}

    private final RegistryClient registry;
    private final Inspection inspection;
    private final ImportMode importMode;
    private final AtomicBoolean stopped = new AtomicBoolean();

    SchemaSynchronizer(RegistryClient registry) {
        this.registry = registry;
        this.inspection = new Inspection(registry);
        this.importMode = new ImportMode(registry);
    }

    /** Stops registering; a run in progress fails after restoring the mode. */
    void stop() {
        stopped.set(true);
    }

    /**
     * Executes the plan.
     *
     * @return succeeds when all schemas are registered; fails before the first registration if an id belongs to
     *     another schema
     */
    Future<Outcome> run(List<Placement> plan) {
        List<Missing> missing = new ArrayList<>();
        return oneByOne(plan, placement -> inspection
                        .inspect(placement)
                        .onSuccess(found -> found.ifPresent(missing::add))
                        .mapEmpty())
                .compose(inspected -> oneByOne(withChosenIds(plan), importMode::recover))
                .compose(recovered -> oneByOne(
                        bySubject(missing.stream().map(Missing::placement).toList())
                                .keySet(),
                        subject -> register(subject, missing)))
                .map(done -> new Outcome(missing.size(), plan.size() - missing.size()));
    }

    /** Only these are ever in mode IMPORT, so the others work with a registry without modes. */
    private static Set<Subject> withChosenIds(List<Placement> plan) {
        return bySubject(plan.stream()
                        .filter(placement -> placement.id().isPresent())
                        .toList())
                .keySet();
    }

    private Future<Void> register(Subject subject, List<Missing> missing) {
        Map<Boolean, List<Missing>> byImport = missing.stream()
                .filter(one -> one.placement().subject().equals(subject))
                .collect(Collectors.partitioningBy(one -> one.placement().id().isPresent()));
        Future<Void> assigned = oneByOne(byImport.get(false), this::register);
        List<Missing> chosen = byImport.get(true);
        return chosen.isEmpty()
                ? assigned
                : assigned.compose(done -> importMode.during(subject, () -> oneByOne(chosen, this::register)));
    }

    private Future<Void> register(Missing missing) {
        Placement placement = missing.placement();
        if (stopped.get()) {
            return Future.failedFuture(new SchemaSyncException("stopped before registering " + placement));
        }
        return send(placement, placement.registration(missing.document()))
                .onSuccess(id -> LOG.atInfo()
                        .addKeyValue("schemaId", id)
                        .addKeyValue("subject", placement.subject())
                        .log("registered alert schema {}", placement.schema().version()))
                .recover(cause -> Future.failedFuture(new SchemaSyncException(
                        "can't register " + placement + ": " + cause.getMessage() + advice(cause), cause)))
                .mapEmpty();
    }

    /**
     * Some registries treat metadata as part of the schema under an id. There the metadata is left out, since
     * messages depend on the id.
     */
    private Future<Integer> send(Placement placement, NewSchemaVersion version) {
        return registry.register(placement.subject().name(), version)
                .recover(cause -> version.properties().isEmpty() || !isRefusal(cause)
                        ? Future.failedFuture(cause)
                        : registry.register(placement.subject().name(), version.withProperties(Map.of())));
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof RegistryException failure && failure.reason() == RegistryException.Reason.REFUSED;
    }

    private static String advice(Throwable cause) {
        return cause instanceof RegistryException failure && failure.httpStatus() == INCOMPATIBLE
                ? ". Registered without their defaults, versions of the alert schema aren't compatible: set the subject's"
                        + " compatibility to NONE, as the survey's registry has it"
                : "";
    }

    private static Map<Subject, List<Placement>> bySubject(List<Placement> placements) {
        return placements.stream()
                .collect(Collectors.groupingBy(Placement::subject, LinkedHashMap::new, Collectors.toList()));
    }

    private static <T> Future<Void> oneByOne(Iterable<T> items, Function<T, Future<Void>> step) {
        Future<Void> done = Future.succeededFuture();
        for (T item : items) {
            done = done.compose(before -> step.apply(item));
        }
        return done;
    }
}
