package io.alertstream.loader;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Terminal;
import io.alertstream.registry.RegistryClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads one visit into the static topic and announces it on the bus. */
public final class LoaderVerticle extends JobVerticle {

    /** Enough for several of Kafka's largest batches in flight. */
    private static final long MAX_UNACKED_BYTES = 32 << 20;

    /**
     * The time limit of a stop, whatever Kafka does. It is longer than closing the clients normally takes; those still
     * open then end with the process.
     */
    private static final long STOP_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(LoaderVerticle.class);

    private final LoaderSettings settings;
    private final Ops ops;
    private final Promise<Fact.VisitLoaded> loaded = Promise.promise();
    private Loader loader;

    public LoaderVerticle(LoaderSettings settings, Ops ops) {
        this.settings = settings;
        this.ops = ops;
    }

    @Override
    protected Future<Void> run() {
        KafkaClients clients = new KafkaClients(vertx, settings.kafka());
        Topics topics = clients.topics();
        MessageProducer producer = clients.producer(MAX_UNACKED_BYTES);
        RegistryClient registry = new RegistryClient(vertx, settings.registry());
        WorkerExecutor cpu =
                vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        loader = new Loader(
                settings,
                topics,
                producer,
                new SchemaIds(registry, settings.subject()),
                cpu,
                new LoaderMeters(ops.meters()),
                Terminal.ofThisProcess());
        return loader.load()
                .onComplete(loaded)
                .onSuccess(Bus.of(vertx)::publish)
                .eventually(producer::close)
                .eventually(topics::close)
                .eventually(() -> {
                    registry.close();
                    return cpu.close();
                })
                .mapEmpty();
    }

    /** Stops a load in progress, which reports the state of the static topic. */
    @Override
    public Future<?> stop() {
        if (finished().isComplete()) {
            return Future.succeededFuture();
        }
        loader.stop();
        return loaded.future()
                .onFailure(cause -> log.atWarn()
                        .addKeyValue("role", "loader")
                        .log("the load was interrupted: {}", cause.getMessage()))
                .transform(ended -> finished())
                .timeout(STOP_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }
}
