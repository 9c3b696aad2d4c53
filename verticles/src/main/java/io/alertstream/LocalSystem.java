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
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.file.FileLocation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The environment that {@code local} provides for its roles: a broker, a registry, and the topics of a cluster. */
final class LocalSystem {

    private static final Logger log = LoggerFactory.getLogger(LocalSystem.class);

    /** A broker may take minutes to recover its log on a slow disk, which is no reason to warn of a blocked thread. */
    private static final Duration SLOWEST_START = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final WorkerExecutor blocking;
    private final LocalSettings settings;
    private final ReplayRetention retention;
    private final Consumer<Throwable> onFailure;
    private final Deque<Supplier<Future<Void>>> toClose = new ArrayDeque<>();
    private Future<Void> starting = Future.succeededFuture();
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private Topics topics;

    /**
     * @param onFailure called, on any thread, if the broker stops by itself
     */
    LocalSystem(Vertx vertx, LocalSettings settings, Consumer<Throwable> onFailure) {
        this.vertx = vertx;
        this.blocking = vertx.createSharedWorkerExecutor("local", 1, SLOWEST_START.toSeconds(), TimeUnit.SECONDS);
        this.settings = settings;
        this.retention = new ReplayRetention(settings.replayRetentionBytes());
        this.onFailure = onFailure;
    }

    /**
     * Starts everything.
     *
     * @return the settings for the roles; fails with {@link InvalidSettingsException} if a port or the directory
     *     can't be used
     */
    Future<SettingValues> start() {
        Future<Void> all = startBroker()
                .compose(started -> makeStores())
                .compose(started -> forgetKilledIngester())
                .compose(forgotten -> startRegistry())
                .compose(started -> createTopics());
        starting = all;
        return all.map(created -> settings.found(broker.bootstrapServers(), registry.port()));
    }

    /** Stops everything in reverse order, after a start in progress. */
    Future<Void> close() {
        return starting.transform(ended -> closeNext()).eventually(blocking::close);
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

    /** A local disk doesn't have to be mounted first. */
    private Future<Void> makeStores() {
        return blocking.executeBlocking(() -> {
            try {
                new FileLocation(settings.alerts()).makeRoot();
                new FileLocation(settings.schemas()).makeRoot();
                return null;
            } catch (IOException e) {
                throw InvalidSettingsException.of(
                        Settings.DATA_DIR, settings.dataDir(), "a directory writable by this user; " + e);
            }
        });
    }

    private Future<Void> startBroker() {
        BrokerOptions options =
                new BrokerOptions(settings.kafka(), settings.kafkaPort(), settings.scramPort(), settings.replayTopic());
        return blocking.executeBlocking(() -> EmbeddedBroker.start(options))
                .recover(e -> Future.failedFuture(e instanceof BrokerException refused ? named(refused) : e))
                .map(started -> {
                    broker = started;
                    toClose.push(() -> blocking.executeBlocking(() -> {
                        // A broker that shuts down warns of its own connections.
                        Logging.mute("org.apache.kafka.clients.NetworkClient");
                        started.close();
                        return null;
                    }));
                    broker.failure()
                            .whenComplete((never, failure) ->
                                    onFailure.accept(new DiskSpace(settings.dataDir()).explain(failure)));
                    return null;
                });
    }

    /** A killed {@code local} leaves a member in the group, and the next one would wait for its session timeout. */
    private Future<Void> forgetKilledIngester() {
        return blocking.<Void>executeBlocking(() -> {
                    broker.forgetMembers(settings.ingestGroup());
                    return null;
                })
                .recover(e -> {
                    log.warn(
                            "members of a killed ingester not removed, archiving may start a session timeout late: {}",
                            Failure.message(e));
                    return Future.succeededFuture();
                });
    }

    /** The failure with the name of the setting to change. */
    private Throwable named(BrokerException e) {
        return switch (e.problem()) {
            case PLAINTEXT_PORT_IN_USE ->
                InvalidSettingsException.port(Settings.LOCAL_KAFKA_PORT, settings.kafkaPort(), e);
            case SCRAM_PORT_IN_USE ->
                InvalidSettingsException.port(Settings.LOCAL_KAFKA_SCRAM_PORT, settings.scramPort(), e);
            case DIRECTORY_UNUSABLE -> unusableDirectory("a directory writable by this user", e);
            case DIRECTORY_IN_USE -> unusableDirectory("a directory that no other process uses", e);
            case DIRECTORY_FOREIGN -> unusableDirectory("a new directory, or one that local filled earlier", e);
            case FAILED -> new DiskSpace(settings.dataDir()).explain(e);
        };
    }

    private InvalidSettingsException unusableDirectory(String expected, BrokerException e) {
        return InvalidSettingsException.of(Settings.DATA_DIR, settings.dataDir(), expected + "; " + e.getMessage());
    }

    private Future<Void> startRegistry() {
        KafkaSettings kafka = SettingsReader.read(
                List.of(new SettingValues(
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
        Bus.of(vertx).on(Fact.VisitLoaded.class, this::fitRetention);
        return Future.all(settings.publishedTopics().stream()
                        .map(topic -> topics.createIfAbsent(topic, ReplayRetention.PARTITIONS, retention.beforeLoad()))
                        .toList())
                .compose(created -> topics.createIfAbsent(settings.deadLetterTopic(), 1, Map.of()))
                .compose(created -> topics.createIfAbsent(settings.journalTopic(), 1, Map.of()));
    }

    private void fitRetention(Fact.VisitLoaded visit) {
        blocking.executeBlocking(() -> {
                    for (String topic : settings.publishedTopics()) {
                        broker.configureTopic(topic, retention.forVisitOf(visit.largestVisitBytes()));
                    }
                    return null;
                })
                .onFailure(e -> log.warn(
                        "retention of {} unchanged, so it may keep fewer visits than usual: {}",
                        String.join(", ", settings.publishedTopics()),
                        Failure.message(e)));
    }
}
