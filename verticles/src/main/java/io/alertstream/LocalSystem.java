package io.alertstream;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.Topics;
import io.alertstream.local.BrokerException;
import io.alertstream.local.BrokerOptions;
import io.alertstream.local.EmbeddedBroker;
import io.alertstream.local.registry.EmbeddedRegistry;
import io.alertstream.local.registry.RegistryListeners;
import io.alertstream.ops.Logging;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Setting;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code local} brings along for its roles: a broker, a registry, and the topics that a cluster would have. */
final class LocalSystem {

    private static final Logger log = LoggerFactory.getLogger(LocalSystem.class);
    private static final int REPLAY_PARTITIONS = 8;
    private static final long LEAST_RETENTION_BYTES = 1L << 30;
    private static final int VISITS_KEPT = 4;

    private final Vertx vertx;
    private final LocalSettings settings;
    private final Consumer<Throwable> onFailure;
    private final Deque<Supplier<Future<Void>>> toClose = new ArrayDeque<>();
    private Future<Void> starting = Future.succeededFuture();
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private Topics topics;

    /**
     * @param onFailure is told, on any thread, if the broker stops by itself
     */
    LocalSystem(Vertx vertx, LocalSettings settings, Consumer<Throwable> onFailure) {
        this.vertx = vertx;
        this.settings = settings;
        this.onFailure = onFailure;
    }

    /**
     * Starts everything.
     *
     * @return the settings with which roles find it; fails with {@link InvalidSettingsException} if a port or the
     *     directory can't be used
     */
    Future<Source> start() {
        Future<Void> all = startBroker()
                .compose(started -> forgetKilledIngester())
                .compose(forgotten -> startRegistry())
                .compose(started -> createTopics());
        starting = all;
        return all.map(created -> settings.found(broker.bootstrapServers(), registry.port()));
    }

    /** Stops in reverse what was started; what is just being started is waited for. */
    Future<Void> close() {
        return starting.transform(ended -> closeNext());
    }

    private Future<Void> closeNext() {
        return toClose.isEmpty()
                ? Future.succeededFuture()
                : toClose.pop().get().transform(closed -> closeNext());
    }

    EmbeddedBroker broker() {
        return broker;
    }

    EmbeddedRegistry registry() {
        return registry;
    }

    private Future<Void> startBroker() {
        BrokerOptions options = new BrokerOptions(
                settings.dataDir().resolve("kafka"),
                settings.kafkaPort(),
                settings.scramPort(),
                settings.replayTopic());
        return vertx.executeBlocking(() -> EmbeddedBroker.start(options))
                .recover(e -> Future.failedFuture(e instanceof BrokerException refused ? named(refused) : e))
                .map(started -> {
                    broker = started;
                    toClose.push(() -> vertx.executeBlocking(() -> {
                        // A broker that stops warns of its own connections.
                        Logging.mute("org.apache.kafka.clients.NetworkClient");
                        started.close();
                        return null;
                    }));
                    broker.failure().whenComplete((never, failure) -> onFailure.accept(failure));
                    return null;
                });
    }

    /** A {@code local} that was killed left a member in the group, for which the next would wait before it archives. */
    private Future<Void> forgetKilledIngester() {
        return vertx.<Void>executeBlocking(() -> {
                    broker.forgetMembers(settings.ingestGroup());
                    return null;
                })
                .recover(e -> {
                    log.warn("the ingester may wait for one that was killed: {}", Failure.message(e));
                    return Future.succeededFuture();
                });
    }

    /** The failure with the name of the setting that mends it. */
    private Throwable named(BrokerException e) {
        return switch (e.problem()) {
            case PLAINTEXT_PORT_IN_USE -> unusable(Settings.LOCAL_KAFKA_PORT, settings.kafkaPort(), e);
            case SCRAM_PORT_IN_USE -> unusable(Settings.LOCAL_KAFKA_SCRAM_PORT, settings.scramPort(), e);
            case DIRECTORY_UNUSABLE, DIRECTORY_IN_USE, DIRECTORY_FOREIGN ->
                unusable(Settings.DATA_DIR, settings.dataDir(), e);
            case FAILED -> e;
        };
    }

    private static Throwable unusable(Setting<?> setting, Object value, Throwable e) {
        return InvalidSettingsException.of(setting, value, "another value, or: " + e.getMessage());
    }

    private Future<Void> startRegistry() {
        KafkaSettings kafka = SettingsReader.read(
                List.of(new Source(
                        "local", Map.of(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), broker.bootstrapServers()))),
                KafkaSettings::read);
        KafkaClients clients = new KafkaClients(vertx, kafka);
        topics = clients.topics();
        toClose.push(topics::close);
        registry = new EmbeddedRegistry(
                new RegistryListeners(LocalSettings.HOST, settings.registryPort(), settings.publicRegistryPort()),
                clients);
        return vertx.deployVerticle(registry)
                .onSuccess(id -> toClose.push(() -> vertx.undeploy(id)))
                .mapEmpty();
    }

    private Future<Void> createTopics() {
        Bus.of(vertx).on(Fact.VisitLoaded.class, this::keepFourVisits);
        return topics.createIfAbsent(settings.replayTopic(), REPLAY_PARTITIONS, retention(LEAST_RETENTION_BYTES))
                .compose(created -> topics.createIfAbsent(settings.deadLetterTopic(), 1, Map.of()));
    }

    private void keepFourVisits(Fact.VisitLoaded visit) {
        Map<String, String> retention = retention(Math.max(LEAST_RETENTION_BYTES, VISITS_KEPT * visit.bytes()));
        vertx.executeBlocking(() -> {
                    broker.configureTopic(settings.replayTopic(), retention);
                    return null;
                })
                .onFailure(e -> log.warn("{} keeps what it kept: {}", settings.replayTopic(), Failure.message(e)));
    }

    /** Kafka deletes whole segments: with four a partition, the topic overshoots by a quarter at most. */
    private Map<String, String> retention(long wantedBytes) {
        long partitionBytes = settings.replayRetentionBytes().orElse(wantedBytes) / REPLAY_PARTITIONS;
        return Map.of(
                "retention.bytes", Long.toString(partitionBytes),
                "segment.bytes", Long.toString(Math.min(1L << 30, Math.max(16L << 20, partitionBytes / 4))));
    }
}
