package io.alertstream.loader;

import io.alertstream.avro.AlertSource.Contents;
import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.DroppedFields;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.Topics;
import io.alertstream.loader.VisitUpload.Uploaded;
import io.alertstream.ops.Progress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a visit, or a night of them: checks the source, recreates the static topic, fills it. A stop ends the current
 * step at once, and the next one isn't started.
 */
final class Loader {

    /**
     * The topic keeps its visits until the next load, and must accept a batch of the largest messages (Kafka's default
     * is 1 MiB).
     */
    private static final Map<String, String> TOPIC_CONFIG =
            Map.of("retention.ms", "-1", "retention.bytes", "-1", "max.message.bytes", Integer.toString(16 << 20));

    private static final Logger log = LoggerFactory.getLogger(Loader.class);

    private final LoaderSettings settings;
    private final Topics topics;
    private final MessageProducer producer;
    private final SchemaIds schemaIds;
    private final WorkerExecutor cpu;
    private final LoaderMeters meters;
    private final Optional<PrintStream> terminal;
    private final Promise<Fact.VisitLoaded> ended = Promise.promise();
    private final Checking checking = new Checking();
    private Step step = checking;

    /** The step that a load is in, which decides what a stop does and in what state the static topic is. */
    private sealed interface Step {

        void stop();
    }

    /** The source is opened and read; the topic is as it was. */
    private final class Checking implements Step {

        private volatile boolean cancelled; // Read on the cpu pool.

        @Override
        public void stop() {
            cancelled = true;
            ended.tryFail(
                    new LoadException("stopped on request; topic %s is as it was".formatted(settings.staticTopic())));
        }
    }

    /** The topic is deleted and created. */
    private final class Recreating implements Step {

        @Override
        public void stop() {
            ended.tryFail(new LoadException(
                    "stopped on request while topic %s was recreated; it is now missing or empty, and nothing is replayed until the next load"
                            .formatted(settings.staticTopic())));
        }
    }

    /** Alerts are sent into the topic; the upload ends the load and reports its progress. */
    private record Filling(VisitUpload upload) implements Step {

        @Override
        public void stop() {
            upload.stop();
        }
    }

    /** What is known once the source has been read. */
    private record Plan(VisitSource source, Encoding encoding, Contents contents) {}

    /**
     * @param terminal where to draw a progress bar, if there is one
     */
    Loader(
            LoaderSettings settings,
            Topics topics,
            MessageProducer producer,
            SchemaIds schemaIds,
            WorkerExecutor cpu,
            LoaderMeters meters,
            Optional<PrintStream> terminal) {
        this.settings = settings;
        this.topics = topics;
        this.producer = producer;
        this.schemaIds = schemaIds;
        this.cpu = cpu;
        this.meters = meters;
        this.terminal = terminal;
    }

    /** Succeeds when the whole visit is in the topic. */
    Future<Fact.VisitLoaded> load() {
        return load(() -> VisitSource.open(settings));
    }

    Future<Fact.VisitLoaded> load(Callable<VisitSource> open) {
        long start = System.nanoTime();
        cpu.executeBlocking(open)
                .compose(source -> unlessEnded(() -> cpu.executeBlocking(() -> read(source))
                        .compose(contents -> unlessEnded(() -> schemaIds
                                .resolve(settings.schemaId(), source.target(), source.catalog())
                                .map(encoding -> new Plan(source, encoding, contents))))))
                .compose(plan -> unlessEnded(() -> recreate(plan)))
                .compose(plan -> unlessEnded(() -> fill(plan))
                        .map(uploaded -> loaded(plan, uploaded, Duration.ofNanos(System.nanoTime() - start))))
                .onComplete(load -> {
                    if (load.succeeded()) {
                        ended.tryComplete(load.result());
                    } else {
                        ended.tryFail(load.cause());
                    }
                });
        return ended.future();
    }

    /**
     * Ends the load, which fails and reports the state of the static topic. Waits half a second for alerts in flight.
     */
    void stop() {
        step.stop();
    }

    /** The next step, unless a stop has ended the load meanwhile. */
    private <T> Future<T> unlessEnded(Supplier<Future<T>> next) {
        return ended.future().isComplete() ? ended.future().mapEmpty() : next.get();
    }

    /** Reads the whole source: what fails here fails before anything is deleted. */
    private Contents read(VisitSource source) {
        try {
            return source.read(settings, () -> checking.cancelled);
        } catch (AlertSourceException e) {
            throw VisitSource.unusable(
                    settings,
                    "a file whose alerts can all be replayed; topic %s is as it was".formatted(settings.staticTopic()),
                    e);
        }
    }

    private void warnOfDroppedFields(VisitSource source) {
        List<String> dropped =
                DroppedFields.of(source.alerts().schema(), source.target().schema());
        if (!dropped.isEmpty()) {
            log.atWarn()
                    .addKeyValue("role", "loader")
                    .log(
                            "fields of {} that {} doesn't have are dropped: {}; ALERTS_SCHEMA=as-written keeps them",
                            source.alerts().schema().getFullName(),
                            source.target().schema().getFullName(),
                            String.join(", ", dropped));
        }
    }

    private Future<Plan> recreate(Plan plan) {
        log.atInfo()
                .addKeyValue("role", "loader")
                .addKeyValue("topic", settings.staticTopic())
                .addKeyValue("schemaId", plan.encoding().id())
                .log(
                        "loading {} alerts of {}, about {} MB, as {}",
                        plan.contents().alerts(),
                        settings.source(),
                        plan.contents().bytes() / 1_000_000,
                        plan.encoding().schema().getFullName());
        warnOfDroppedFields(plan.source());
        step = new Recreating();
        return topics.recreate(settings.staticTopic(), 1, TOPIC_CONFIG).map(plan);
    }

    private Future<Uploaded> fill(Plan plan) {
        Contents contents = plan.contents();
        Progress progress = new Progress("loader", "alerts", contents.alerts(), System::nanoTime, terminal);
        return cpu.executeBlocking(() -> plan.source()
                        .alerts()
                        .open(plan.encoding().schema(), plan.encoding().id()))
                .compose(alerts -> {
                    VisitUpload upload = new VisitUpload(
                            settings.staticTopic(),
                            producer,
                            cpu,
                            alerts,
                            contents.alerts(),
                            plan.source().headers(settings, contents),
                            progress,
                            meters);
                    step = new Filling(upload);
                    return unlessEnded(upload::run).eventually(() -> {
                        progress.end();
                        return cpu.executeBlocking(() -> {
                            alerts.close();
                            return null;
                        });
                    });
                })
                .recover(cause -> Future.failedFuture(new LoadException(
                        "topic %s holds only part of the %s now, and won't be replayed until the next load, which recreates it: %s"
                                .formatted(
                                        settings.staticTopic(),
                                        settings.sampleNight().isPresent() ? "night" : "visit",
                                        cause.getMessage()),
                        cause)));
    }

    private Fact.VisitLoaded loaded(Plan plan, Uploaded uploaded, Duration took) {
        log.atInfo()
                .addKeyValue("role", "loader")
                .addKeyValue("topic", settings.staticTopic())
                .log(
                        "{} loaded: {} alerts, {} MB in {} ms; sent in {} ms, {} MB/s; waited {} ms for alerts,"
                                + " {} ms for Kafka",
                        settings.sampleNight().isPresent() ? "night" : "visit",
                        uploaded.alerts(),
                        uploaded.bytes() / 1_000_000,
                        took.toMillis(),
                        uploaded.took().toMillis(),
                        uploaded.bytes() / 1000 / Math.max(1, uploaded.took().toMillis()),
                        uploaded.waitedForAlerts().toMillis(),
                        uploaded.waitedForKafka().toMillis());
        return new Fact.VisitLoaded(
                settings.staticTopic(),
                uploaded.alerts(),
                uploaded.bytes(),
                plan.source().largestVisit(uploaded.bytes()),
                took);
    }
}
