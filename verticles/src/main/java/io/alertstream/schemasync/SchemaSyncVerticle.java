package io.alertstream.schemasync;

import io.alertstream.avro.SchemaCatalog;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.SchemaDir;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role {@code schema-sync}: see the package. */
public final class SchemaSyncVerticle extends JobVerticle {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaSyncVerticle.class);
    private static final String REGISTRY_CHECK = "schema-sync.registry";

    private final SchemaSyncSettings settings;
    private final Ops ops;
    private RegistryClient registry;
    private SchemaSynchronizer synchronizer;

    public SchemaSyncVerticle(SchemaSyncSettings settings, Ops ops) {
        this.settings = settings;
        this.ops = ops;
    }

    @Override
    protected Future<Void> run() {
        registry = new RegistryClient(vertx, settings.registry());
        synchronizer = new SchemaSynchronizer(registry);
        ops.readiness().require(REGISTRY_CHECK, registry::check);
        return vertx.executeBlocking(this::catalog)
                .compose(catalog -> synchronizer.run(Placement.plan(catalog, settings)))
                .onSuccess(outcome -> LOG.atInfo()
                        .addKeyValue("role", "schema-sync")
                        .log("{} schemas registered, {} already registered", outcome.registered(), outcome.present()))
                .onComplete(ended -> ops.readiness().release(REGISTRY_CHECK))
                .mapEmpty();
    }

    private SchemaCatalog catalog() {
        return SchemaDir.open(settings.schemaDir());
    }

    /** Waits for the run to end, so that no subject stays in mode IMPORT. */
    @Override
    public Future<?> stop() {
        synchronizer.stop();
        return finished().transform(ended -> {
            registry.close();
            return Future.succeededFuture();
        });
    }
}
