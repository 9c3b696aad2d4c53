package io.alertstream.ingester;

import io.alertstream.archive.AlertArchive;
import io.alertstream.kafka.GroupConsumer;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.ops.Ops;
import io.alertstream.registry.RegistryClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The role {@code ingester}: archives every alert of its topics, and the schemas they use, until it is stopped. */
public final class IngesterVerticle extends VerticleBase {

    /** With the limits of {@link Ingester#stop} below the stop limit of 20 s. */
    private static final long CLOSE_SECONDS = 5;

    private final IngesterSettings settings;
    private final Ops ops;
    private final Function<Vertx, AlertArchive> archiveOpener;
    private final Ingester.Pace pace;
    private GroupConsumer consumer;
    private MessageProducer deadLetters;
    private RegistryClient registry;
    private AlertArchive archive;
    private Ingester ingester;

    public IngesterVerticle(IngesterSettings settings, Ops ops) {
        this(settings, ops, vertx -> AlertArchive.open(vertx, settings.archive()), Ingester.Pace.DEFAULT);
    }

    /** For tests, with an archive and intervals of their own. */
    IngesterVerticle(
            IngesterSettings settings, Ops ops, Function<Vertx, AlertArchive> archiveOpener, Ingester.Pace pace) {
        this.settings = settings;
        this.ops = ops;
        this.archiveOpener = archiveOpener;
        this.pace = pace;
    }

    @Override
    public Future<?> start() {
        KafkaClients clients = new KafkaClients(vertx, settings.kafka());
        consumer = clients.groupConsumer(settings.group());
        deadLetters = clients.producer(settings.bufferBytes());
        registry = new RegistryClient(vertx, settings.registry());
        archive = archiveOpener.apply(vertx);
        Ingester.Parts parts = new Ingester.Parts(
                settings.topics(),
                settings.deadLetterTopic(),
                settings.bufferBytes(),
                consumer,
                deadLetters,
                registry::schemaById,
                archive,
                settings.profile(),
                pace);
        ingester = new Ingester(vertx, parts, ops);
        return ingester.start();
    }

    @Override
    public Future<?> stop() {
        return ingester.stop().eventually(() -> {
            registry.close();
            return Future.join(consumer.close(), deadLetters.close(), archive.close())
                    .timeout(CLOSE_SECONDS, TimeUnit.SECONDS);
        });
    }
}
