package io.alertstream.score;

import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.JobVerticle;
import io.alertstream.registry.RegistryClient;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The role {@code score}: succeeds only if the broker delivered every alert exactly once and in time, and nothing else.
 */
public final class ScoreVerticle extends JobVerticle {

    /** A file with a night's ids takes seconds to read; a slow disk shouldn't raise warnings of a blocked thread. */
    private static final long SLOWEST_MINUTES = 10;

    private final ScoreSettings settings;
    private Topics topics;
    private TopicReader reader;
    private RegistryClient registry;
    private WorkerExecutor cpu;

    public ScoreVerticle(ScoreSettings settings) {
        this.settings = settings;
    }

    @Override
    protected Future<Void> run() {
        KafkaClients clients = new KafkaClients(vertx, settings.kafka());
        topics = clients.topics();
        reader = clients.reader();
        registry = new RegistryClient(vertx, settings.registry());
        cpu = vertx.createSharedWorkerExecutor(
                "score", Runtime.getRuntime().availableProcessors(), SLOWEST_MINUTES, TimeUnit.MINUTES);
        int maxAlerts = AlertTable.capacity(Runtime.getRuntime().maxMemory() / 3);
        Packets packets = new Packets(registry::schemaById, settings.profile());
        Scoring scoring = new Scoring(settings, Clock.systemUTC(), topics, reader, packets, cpu, maxAlerts);
        return scoring.run().map(read -> {
            new ScoreReport(scoring).judge();
            return null;
        });
    }

    @Override
    public Future<?> stop() {
        registry.close();
        return Future.join(topics.close(), reader.close(), cpu.close());
    }
}
