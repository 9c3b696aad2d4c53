package io.alertstream.loader;

import io.alertstream.avro.AlertFile;
import io.alertstream.avro.AlertSource;
import io.alertstream.avro.AlertSource.Contents;
import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.Topics;
import io.alertstream.loader.VisitUpload.Uploaded;
import io.alertstream.ops.Progress;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SchemaDir;
import io.alertstream.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a visit: checks the source, recreates the static topic, fills it. */
final class Loader {

    /** One visit, kept until the next load; a batch of the largest messages must fit (Kafka's default is 1 MiB). */
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
    private VisitUpload upload;
    private boolean stopped;

    /** What is known once the source was looked at. */
    private record Plan(AlertSource source, Encoding encoding, Contents contents) {}

    private record Opened(AlertSource source, SchemaCatalog catalog, TargetSchema target) {}

    /**
     * @param terminal where to draw a bar, if there is one
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
        long start = System.nanoTime();
        return cpu.executeBlocking(this::open)
                .compose(opened -> schemaIds
                        .resolve(settings.schemaId(), opened.target(), opened.catalog())
                        .compose(encoding -> cpu.executeBlocking(() -> check(opened.source(), encoding))))
                .recover(cause -> Future.failedFuture(named(cause)))
                .compose(plan -> recreate().compose(recreated -> fill(plan)))
                .map(uploaded -> loaded(uploaded, Duration.ofNanos(System.nanoTime() - start)));
    }

    private Opened open() {
        SchemaCatalog catalog = SchemaDir.open(settings.schemaDir());
        AlertSource source = settings.alertsFile()
                .<AlertSource>map(AlertFile::open)
                .orElseGet(() -> SampleVisit.of(settings.sampleAlerts()));
        return new Opened(source, catalog, TargetSchema.choose(settings.alertsSchema(), catalog, source));
    }

    /** The failure with the setting that mends it. */
    private Throwable named(Throwable cause) {
        if (cause instanceof AlertSourceException && settings.alertsFile().isPresent()) {
            return InvalidSettingsException.of(
                    Settings.ALERTS_FILE,
                    settings.alertsFile().get(),
                    "a file whose alerts can be written in ALERTS_SCHEMA; topic %s is as it was; %s"
                            .formatted(settings.staticTopic(), cause.getMessage()));
        }
        return cause;
    }

    /** The whole source, and its first alert in the target schema: what fails here fails before anything is deleted. */
    private Plan check(AlertSource source, Encoding encoding) {
        Contents contents = source.check();
        try (AlertStream first = source.open(encoding.schema(), encoding.id())) {
            first.next();
        }
        log.atInfo()
                .addKeyValue("role", "loader")
                .addKeyValue("topic", settings.staticTopic())
                .addKeyValue("schemaId", encoding.id())
                .log(
                        "loading {} alerts of {} as {}",
                        contents.alerts(),
                        settings.alertsFile().map(Object::toString).orElse("a sample visit"),
                        encoding.schema().getFullName());
        return new Plan(source, encoding, contents);
    }

    private Future<Void> recreate() {
        return topics.recreate(settings.staticTopic(), 1, TOPIC_CONFIG);
    }

    private Future<Uploaded> fill(Plan plan) {
        Progress progress = new Progress("loader", "alerts", plan.contents().alerts(), System::nanoTime, terminal);
        return cpu.executeBlocking(() -> plan.source()
                        .open(plan.encoding().schema(), plan.encoding().id()))
                .compose(alerts -> upload(new VisitUpload(
                                settings.staticTopic(),
                                producer,
                                cpu,
                                alerts,
                                plan.contents().alerts(),
                                new TimeOffsets(plan.contents().firstMjdTai()),
                                progress,
                                meters))
                        .eventually(() -> {
                            progress.end();
                            return cpu.executeBlocking(() -> {
                                alerts.close();
                                return null;
                            });
                        }))
                .recover(cause -> Future.failedFuture(new LoadException(
                        "topic %s holds only part of the visit now, and won't be replayed until the next load, which recreates it: %s"
                                .formatted(settings.staticTopic(), cause.getMessage()),
                        cause)));
    }

    private Future<Uploaded> upload(VisitUpload visit) {
        upload = visit;
        if (stopped) {
            visit.stop();
        }
        return visit.run();
    }

    /** Sends no further alert: the load under way fails, and says what it leaves behind. */
    void stop() {
        stopped = true;
        if (upload != null) {
            upload.stop();
        }
    }

    private Fact.VisitLoaded loaded(Uploaded uploaded, Duration took) {
        log.atInfo()
                .addKeyValue("role", "loader")
                .addKeyValue("topic", settings.staticTopic())
                .log(
                        "visit loaded: {} alerts, {} MB in {} ms; sent in {} ms, {} MB/s, {} ms of which waiting for alerts and {} ms for Kafka",
                        uploaded.alerts(),
                        uploaded.bytes() / 1_000_000,
                        took.toMillis(),
                        uploaded.took().toMillis(),
                        uploaded.bytes() / 1000 / Math.max(1, uploaded.took().toMillis()),
                        uploaded.waitedForAlerts().toMillis(),
                        uploaded.waitedForKafka().toMillis());
        return new Fact.VisitLoaded(settings.staticTopic(), uploaded.alerts(), uploaded.bytes(), took);
    }
}
