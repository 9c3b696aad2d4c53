package io.alertstream.loader;

import io.alertstream.bus.Bus;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Terminal;
import io.alertstream.registry.RegistryClient;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;

/** Loads one visit into the static topic, and tells on the bus. */
public final class LoaderVerticle extends JobVerticle {

    /** Enough for several of Kafka's largest batches on their way. */
    private static final long MAX_UNACKED_BYTES = 32 << 20;

    private final LoaderSettings settings;
    private final Ops ops;
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
                .onSuccess(Bus.of(vertx)::publish)
                .eventually(producer::close)
                .eventually(topics::close)
                .eventually(() -> {
                    registry.close();
                    return cpu.close();
                })
                .mapEmpty();
    }

    /** Waits until what was sent is acknowledged, so that the end can be told as it is. */
    @Override
    public Future<?> stop() {
        loader.stop();
        return finished().transform(ended -> Future.succeededFuture());
    }
}
