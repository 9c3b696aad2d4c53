package io.alertstream.ingester;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.bus.Bus;
import io.alertstream.ingester.IngesterMetrics.Dependency;
import io.alertstream.kafka.GroupConsumer;
import io.alertstream.kafka.Lag;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.ops.Liveness;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.retry.Backoff;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles the ingester, runs its periodic tasks and stops it. For one context. */
final class Ingester {

    private static final Logger log = LoggerFactory.getLogger(Ingester.class);

    /** Recently archived alerts: four visits at the survey's peak, 20 MB. */
    private static final int RECENT_ALERTS = 160_000;

    /** 13 MB. */
    private static final int RECENT_DEAD_LETTERS = 100_000;

    /** Far below any bucket lifecycle: an alert that was deleted from the bucket is stored again within a day. */
    private static final Duration RECENT_FOR = Duration.ofHours(24);

    /** Longer than any request to Kafka that a poll may include. */
    private static final Duration LONGEST_POLL = Duration.ofMinutes(5);

    private static final int TICKS_PER_LAG_LOOKUP = 10;

    // Together below the stop limit of 20 s.
    private static final long DRAIN_SECONDS = 10;
    private static final long COMMIT_SECONDS = 4;

    private final Vertx vertx;
    private final Parts parts;
    private final Readiness readiness;
    private final Liveness liveness;
    private final IngesterMetrics metrics;
    private final Dependencies dependencies;
    private final Intake intake;
    private final WorkerExecutor cpu;
    private final Bus bus;
    private final BrokerReachability contact;
    private long timer;
    private long ticks;
    private boolean askingForLag;

    /**
     * What the ingester uses; its creator closes it.
     *
     * @param topics to archive
     * @param bufferBytes limit of bytes read from Kafka and not yet durable, at which consumption pauses
     * @param registry looks up a schema document by id
     * @param profile where alerts hold their id
     */
    record Parts(
            Set<String> topics,
            String deadLetterTopic,
            long bufferBytes,
            GroupConsumer consumer,
            MessageProducer deadLetters,
            IntFunction<Future<String>> registry,
            AlertArchive archive,
            AlertProfile profile,
            Pace pace) {}

    /**
     * Clock and intervals.
     *
     * @param tick how often offsets are committed
     */
    record Pace(Clock clock, Duration tick, Backoff backoff) {

        static final Pace DEFAULT = new Pace(Clock.systemUTC(), Duration.ofSeconds(1), Backoff.DEFAULT);
    }

    Ingester(Vertx vertx, Parts parts, Ops ops) {
        this.vertx = vertx;
        this.parts = parts;
        this.readiness = ops.readiness();
        this.liveness = ops.liveness();
        this.bus = Bus.of(vertx);
        this.contact = new BrokerReachability(parts.pace().clock());
        this.cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        this.metrics = new IngesterMetrics(ops.meters());
        this.dependencies = new Dependencies(vertx, parts.pace().backoff(), metrics);
        this.intake = new Intake(parts.consumer(), pipeline(), dependencies, parts.bufferBytes(), ops.fatal());
    }

    private Pipeline pipeline() {
        Schemas schemas = new Schemas(
                parts.registry(),
                parts.archive(),
                dependencies.registry(),
                dependencies.store(),
                parts.profile(),
                cpu,
                parts.pace().clock());
        ExpiringMap<Long, PacketDigest> archived =
                new ExpiringMap<>(parts.pace().clock(), RECENT_ALERTS, RECENT_FOR);
        ExpiringMap<Fingerprint, Boolean> setAside =
                new ExpiringMap<>(parts.pace().clock(), RECENT_DEAD_LETTERS, RECENT_FOR);
        return new Pipeline(
                parts.archive(),
                new Examiner(parts.archive(), schemas, archived, setAside),
                schemas,
                new DeadLetters(
                        parts.deadLetterTopic(), parts.deadLetters(), dependencies.deadLetterTopic(), setAside, cpu),
                archived,
                dependencies.store(),
                metrics,
                cpu);
    }

    /**
     * Joins the consumer group and starts consuming.
     *
     * @return fails if the group can't be joined
     */
    Future<Void> start() {
        readiness.require("ingester.assigned", this::assigned);
        readiness.require(
                "ingester.store", () -> dependencies.check(Dependency.STORE).compose(works -> parts.archive()
                        .check()));
        readiness.require("ingester.registry", () -> dependencies.check(Dependency.REGISTRY));
        readiness.require("ingester.dead-letters", () -> dependencies.check(Dependency.DEAD_LETTER_TOPIC));
        liveness.watch("ingester.polls", this::stalledPoll);
        timer = vertx.setPeriodic(parts.pace().tick().toMillis(), id -> tick());
        log.atInfo().log(
                "archiving {}, compressed with {}",
                parts.topics(),
                parts.archive().codec());
        parts.archive().verify().onFailure(this::unusable);
        return parts.consumer().subscribe(parts.topics(), intake);
    }

    /** Logs at startup, rather than with the first alert, which store can't be used. */
    private void unusable(Throwable failure) {
        if (Dependencies.needsOtherSettings(failure)) {
            intake.failed(failure);
        } else {
            log.atWarn().log("archive unavailable, alerts will wait: {}", failure.getMessage());
        }
    }

    /** A member also polls while it is paused or its broker is down: if no poll ends, its thread is stuck. */
    private Optional<String> stalledPoll() {
        Duration silence = parts.consumer().sinceLastPoll();
        return silence.compareTo(LONGEST_POLL) < 0
                ? Optional.empty()
                : Optional.of("consumer stuck, its last poll ended " + silence.toSeconds() + " s ago");
    }

    /** Whether this member is in its group and Kafka answers. Nothing else reports a consumer that has stalled. */
    Future<Void> assigned() {
        return contact.check()
                .compose(answers -> intake.joined()
                        ? Future.succeededFuture()
                        : Future.failedFuture("not a member of the consumer group, or stopping"));
    }

    private void tick() {
        if (ticks++ % TICKS_PER_LAG_LOOKUP == 0 && !askingForLag) {
            askingForLag = true;
            parts.consumer()
                    .lag()
                    .onComplete(contact::answered, contact::failed)
                    .onComplete(asked -> askingForLag = false);
        }
        observe(contact.lag());
        intake.commit().onSuccess(this::publishTotals);
    }

    private void observe(Optional<Lag> unread) {
        metrics.observe(
                intake.openBytes(),
                unread.map(lag -> (double) (lag.messages() + intake.open())).orElse(Double.NaN),
                unread.map(this::lagSeconds).orElse(Double.NaN));
    }

    private double lagSeconds(Lag unread) {
        OptionalLong oldest = intake.offsets().oldestOpenMillis();
        return oldest.isPresent()
                ? Math.max(0, parts.pace().clock().millis() - oldest.getAsLong()) / 1000.0
                : unread.seconds();
    }

    private void publishTotals(boolean committed) {
        if (committed) {
            bus.publish(intake.totals().fact());
        }
    }

    /**
     * Stops consuming, waits a few seconds until what was consumed is durable, and commits it.
     *
     * @return succeeds even if some messages didn't become durable in time: they aren't committed and are redelivered
     */
    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return intake.drain()
                .timeout(DRAIN_SECONDS, TimeUnit.SECONDS)
                .recover(late -> {
                    log.atWarn()
                            .log(
                                    "stopped before everything was archived; the rest will be redelivered after the next start");
                    return Future.succeededFuture();
                })
                .onComplete(drained -> dependencies.stop())
                .compose(drained -> intake.commit().timeout(COMMIT_SECONDS, TimeUnit.SECONDS))
                .onSuccess(this::publishTotals)
                .otherwise(false)
                .eventually(cpu::close)
                .onComplete(done -> liveness.release("ingester.polls"))
                .onComplete(done -> readiness.release("ingester.assigned"))
                .onComplete(done -> readiness.release("ingester.store"))
                .onComplete(done -> readiness.release("ingester.registry"))
                .onComplete(done -> readiness.release("ingester.dead-letters"))
                .mapEmpty();
    }
}
