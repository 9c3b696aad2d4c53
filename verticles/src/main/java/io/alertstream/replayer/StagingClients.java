package io.alertstream.replayer;

import io.alertstream.journal.Journal;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.registry.NewSchemaVersion;
import io.alertstream.registry.RegistryClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;

/** The clients needed by visits that differ from the static topic's. */
final class StagingClients {

    private static final long MAX_UNACKED_BYTES = 1 << 20;

    private final Topics topics;
    private final TopicReader reader;
    private final MessageProducer producer;
    private final RegistryClient registry;
    private final WorkerExecutor cpu;
    private final StagedVisits visits;

    /**
     * @param replayTopic a new major version's topic gets the same number of partitions
     */
    StagingClients(
            Vertx vertx,
            KafkaClients clients,
            Staging staging,
            String replayTopic,
            Timers timers,
            Stragglers stragglers) {
        topics = clients.topics();
        reader = clients.reader();
        // A producer of its own, so that a line doesn't wait for alerts that are being sent.
        producer = clients.producer(MAX_UNACKED_BYTES);
        registry = new RegistryClient(vertx, staging.registry());
        cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        ReplaySchemas schemas = new ReplaySchemas(
                staging.profile(),
                registry::schemaById,
                // A subject for each, because a major version isn't compatible with the previous one.
                (version, document) ->
                        registry.register(staging.subject() + "-" + version, NewSchemaVersion.of(document)),
                new ReplaySchemas.Worker() {
                    @Override
                    public <T> Future<T> run(Callable<T> work) {
                        return cpu.executeBlocking(work, false);
                    }
                });
        visits = new StagedVisits(
                staging,
                Clock.systemUTC(),
                timers,
                new Journal(staging.journalTopic(), topics, reader, producer),
                schemas,
                stragglers,
                topic -> topics.state(replayTopic)
                        .compose(state -> topics.createIfAbsent(
                                topic, state.orElseThrow().end().size(), Map.of())));
    }

    StagedVisits visits() {
        return visits;
    }

    Future<Void> close() {
        registry.close();
        return Future.join(topics.close(), reader.close(), producer.close(), cpu.close())
                .mapEmpty();
    }
}
