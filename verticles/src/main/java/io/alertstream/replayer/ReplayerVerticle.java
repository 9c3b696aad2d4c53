package io.alertstream.replayer;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.Ops;
import io.alertstream.settings.LiveSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Copies the static topic into the replay topic, visit after visit. */
public final class ReplayerVerticle extends VerticleBase {

    private static final String VISIT = "replayer.visit";

    /** Enough for one of Kafka's largest batches to every partition at once. */
    private static final long MAX_UNACKED_BYTES = 64 << 20;

    /** How long a stop waits for the current visit. Closing the producer then flushes the rest, with its own limit. */
    private static final long VISIT_END_SECONDS = 2;

    private final ReplayerSettings settings;
    private final Ops ops;

    private Topics topics;
    private TopicReader reader;
    private MessageProducer producer;
    private Stragglers stragglers;
    private Optional<StagingClients> stage = Optional.empty();
    private Replayer replayer;

    /** The last value of the live setting: a change of another setting must not undo a command to pause or resume. */
    private boolean paused;

    public ReplayerVerticle(ReplayerSettings settings, Ops ops) {
        this.settings = settings;
        this.ops = ops;
        this.paused = settings.paused();
    }

    @Override
    public Future<?> start() {
        KafkaClients clients = new KafkaClients(vertx, settings.kafka());
        topics = clients.topics();
        reader = clients.reader();
        producer = clients.producer(MAX_UNACKED_BYTES);
        Timers timers = new VertxTimers(vertx);
        ReplayerMeters meters = new ReplayerMeters(ops.meters());
        stragglers = new Stragglers(timers, producer);
        stage = settings.staging()
                .map(staging ->
                        new StagingClients(vertx, clients, staging, settings.replayTopic(), timers, stragglers));
        Preparations preparations =
                stage.<Preparations>map(StagingClients::visits).orElse(Preparations.VERBATIM);
        Bus bus = Bus.of(vertx);
        replayer = new Replayer(
                settings,
                timers,
                topics,
                reader,
                new VisitReplays(settings.replayTopic(), timers, producer, preparations, stragglers, meters),
                meters,
                bus::publish,
                ops.fatal());
        bus.on(Fact.VisitLoaded.class, loaded -> {
            if (loaded.topic().equals(settings.staticTopic())) {
                replayer.loaded();
            }
        });
        bus.on(Fact.LiveSettingsChanged.class, changed -> changeSettings(changed.settings()));
        ops.readiness().require(VISIT, onContext(replayer::ready));
        replayer.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        ops.readiness().release(VISIT);
        Future<Void> ended = replayer.stop();
        return reader.close()
                .eventually(
                        () -> ended.timeout(VISIT_END_SECONDS, TimeUnit.SECONDS).otherwiseEmpty())
                .eventually(() -> stage.map(StagingClients::visits)
                        .map(StagedVisits::stop)
                        .orElseGet(Future::succeededFuture)
                        .timeout(VISIT_END_SECONDS, TimeUnit.SECONDS)
                        .otherwiseEmpty())
                .eventually(() -> {
                    stragglers.sendAll();
                    return producer.close();
                })
                .eventually(() -> stage.map(StagingClients::close).orElseGet(Future::succeededFuture))
                .eventually(topics::close);
    }

    private void changeSettings(LiveSettings live) {
        replayer.interval(live.replayInterval());
        if (live.replayPaused() != paused) {
            paused = live.replayPaused();
            if (paused) {
                replayer.pause();
            } else {
                replayer.resume();
            }
        }
    }

    /** The ops server calls checks on its own context; the replayer runs on this verticle's. */
    private Supplier<Future<Void>> onContext(Supplier<Future<Void>> check) {
        return () ->
                Future.future(promise -> context.runOnContext(now -> check.get().onComplete(promise)));
    }
}
