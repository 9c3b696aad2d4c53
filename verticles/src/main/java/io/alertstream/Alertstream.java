package io.alertstream;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.CertificateWatch;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.loader.LoaderSettings;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Liveness;
import io.alertstream.ops.Logging;
import io.alertstream.ops.Ops;
import io.alertstream.ops.OpsServer;
import io.alertstream.ops.Readiness;
import io.alertstream.server.ServerVerticle;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.Role;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.SettingsSources;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process: reads its settings, starts its roles in order, and stops them in reverse order. It ends when its jobs
 * are done and it runs no other role, on request, or when a role fails.
 */
final class Alertstream {

    private static final Logger log = LoggerFactory.getLogger(Alertstream.class);

    /** Kubernetes' default grace period between SIGTERM and SIGKILL is 30 s. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** A visit is written in a few seconds. */
    private static final Duration DISK_LOOKS = Duration.ofSeconds(1);

    private static final Set<Role> JOBS = EnumSet.of(Role.SCHEMA_SYNC, Role.LOADER, Role.AUDIT, Role.SCORE);

    private final Vertx vertx;
    /** All state is confined to this context. */
    private final Context context;

    private final Map<String, String> environment;
    private final PrometheusMeterRegistry meters;
    private final Liveness liveness = new Liveness();
    private final Readiness readiness = new Readiness();
    private final Promise<Void> ended = Promise.promise();
    private final Deque<Supplier<Future<?>>> started = new ArrayDeque<>();
    /** Roles of one run that aren't done, started or not; empty until the settings are read. */
    private Optional<Set<Role>> openJobs = Optional.empty();

    /** What is being started; empty once everything runs. */
    private volatile Optional<String> starting = Optional.of("settings");

    private int opsPort;
    private IntConsumer onServing = port -> {};

    Alertstream(Vertx vertx, Map<String, String> environment, PrometheusMeterRegistry meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.environment = environment;
        this.meters = meters;
    }

    /**
     * Runs until the end.
     *
     * @return succeeds when everything is done, or was stopped on request; fails with {@link
     *     InvalidSettingsException} if the settings can't be used
     */
    Future<Void> run() {
        context.runOnContext(begin -> start().onFailure(ended::tryFail));
        return ended.future().eventually(() -> stop().timeout(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> log.error(
                        "shutdown took too long; what was in flight will be redelivered after the next start")));
    }

    /** Ends the run in order. Safe to call from any thread. */
    void requestStop() {
        log.info("stopping");
        context.runOnContext(now -> {
            // The exit status tells scripts and Kubernetes whether a job is done.
            if (openJobs.isEmpty()) {
                ended.tryFail("stopped on request before the settings were read");
            } else if (openJobs.get().isEmpty()) {
                ended.tryComplete();
            } else {
                ended.tryFail("stopped on request before the job was done: "
                        + openJobs.get().stream().map(Role::toString).collect(Collectors.joining(", ")));
            }
        });
    }

    /** Ends the run with a failure. Safe to call from any thread. */
    private void failed(Throwable failure) {
        context.runOnContext(now -> ended.tryFail(failure));
    }

    private Future<Void> start() {
        return SettingsSources.open(vertx, AllSettings.CATALOG, environment)
                .compose(sources -> vertx.executeBlocking(() -> read(sources)))
                .compose(Supplier::get);
    }

    /**
     * Reads all settings before anything is started, and reports all problems at once. Blocks: it checks files, ports
     * and the disk.
     *
     * @return starts the roles
     */
    private Supplier<Future<Void>> read(SettingsSources sources) {
        SettingsReader in = new SettingsReader(sources.list());
        ProcessSettings process = ProcessSettings.read(in);
        Logging.configure(process.logLevel(), process.logFormat(), process.roleInLogs());
        sources.misspelt()
                .forEach((name, meant) ->
                        log.warn("environment variable {} ignored: no such setting; {} is one", name, meant));
        PortCheck.refuseBusy(in, process.opsHost(), Settings.OPS_PORT);
        Supplier<Future<Void>> roles =
                process.roles().contains(Role.LOCAL) ? readLocal(in) : readRoles(process.roles(), in);
        in.finish();
        return () -> {
            Set<Role> jobs = EnumSet.copyOf(JOBS);
            jobs.retainAll(process.roles());
            openJobs = Optional.of(jobs);
            log.info("{} runs {}", Build.ofThisJar(), process.roles());
            sources.follow(vertx, this::changeSettings);
            return openOpsPort(process).compose(opened -> roles.get());
        };
    }

    private Supplier<Future<Void>> readRoles(List<Role> roles, SettingsReader in) {
        List<Roles.Prepared> prepared = Roles.prepare(roles, in);
        Roles.checkFiles(roles, in);
        boolean watches = roles.contains(Role.REPLAYER) || roles.contains(Role.INGESTER);
        if (roles.contains(Role.SERVER)) {
            PortCheck.refuseBusy(in, in.get(Settings.HTTP_HOST), Settings.HTTP_PORT);
        }
        Optional<KafkaSettings> kafka = watches ? Optional.of(KafkaSettings.read(in)) : Optional.empty();
        return () -> startRoles(prepared).compose(running -> watchCertificates(kafka));
    }

    private Supplier<Future<Void>> readLocal(SettingsReader in) {
        LocalSettings settings = LocalSettings.read(in);
        settings.refuseBusyPorts(in);
        DiskSpace disk = new DiskSpace(settings.dataDir());
        disk.require(in);
        SettingsReader planned = in.preferring(settings.planned());
        Roles.prepare(Roles.OF_LOCAL, planned);
        Roles.checkFiles(Roles.OF_LOCAL, planned);
        Optional<LoaderSettings.SampleSize> sample =
                LoaderSettings.read(planned).sampleSize();
        Path replaced = settings.kafka().resolve(in.get(Settings.STATIC_TOPIC) + "-0");
        sample.ifPresent(size -> disk.requireRoom(
                in,
                in.get(Settings.SAMPLE_NIGHT).isPresent() ? Settings.SAMPLE_NIGHT : Settings.SAMPLE_ALERTS,
                size.bytes(),
                replaced));
        ReplayRetention retention = new ReplayRetention(settings.replayRetentionBytes());
        return () -> {
            int published = settings.publishedTopics().size();
            disk.warnIfTight(
                    sample.map(size -> size.bytes() + published * retention.mostBytes(size.largestVisitBytes()))
                            .orElse(0L),
                    replaced);
            disk.watch(vertx, DISK_LOOKS, this::failed);
            return startLocal(settings, in);
        };
    }

    private Future<Void> openOpsPort(ProcessSettings process) {
        OpsServer ops = new OpsServer(vertx, readiness, liveness, meters);
        readiness.require("process", this::state);
        return ops.listen(process.opsHost(), process.opsPort())
                .onSuccess(port -> {
                    opsPort = port;
                    started.push(ops::close);
                })
                .recover(e ->
                        Future.failedFuture(InvalidSettingsException.port(Settings.OPS_PORT, process.opsPort(), e)))
                .mapEmpty();
    }

    private Future<Void> state() {
        if (ended.future().isComplete()) {
            return Future.failedFuture("stopping");
        }
        return starting.<Future<Void>>map(what -> Future.failedFuture("starting " + what))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> startLocal(LocalSettings settings, SettingsReader in) {
        List<String> ignored = settings.ignored(in);
        if (!ignored.isEmpty()) {
            log.warn("local uses its own broker, registry and stores and ignores {}", String.join(", ", ignored));
        }
        LocalSystem local = new LocalSystem(vertx, settings, this::failed);
        started.push(local::close);
        starting = Optional.of("broker and registry");
        return local.start().compose(found -> {
            onServing = port -> new Announcement(settings, local, opsPort, port).follow(Bus.of(vertx));
            return startRoles(Roles.prepare(Roles.OF_LOCAL, in.preferring(found)));
        });
    }

    private Future<Void> startRoles(List<Roles.Prepared> roles) {
        boolean archives = roles.stream().anyMatch(role -> role.role() == Role.INGESTER);
        new VisitReport(archives, log::info).follow(Bus.of(vertx));
        Ops ops = new Ops(readiness, liveness, meters, this::failed);
        List<Future<Void>> jobs = new ArrayList<>();
        Future<Void> chain = Future.succeededFuture();
        for (Roles.Prepared role : roles) {
            boolean last = role.equals(roles.get(roles.size() - 1));
            chain = chain.compose(previous -> deploy(role, last, ops, jobs));
        }
        return chain.onSuccess(all -> endWithJobs(roles, jobs));
    }

    /**
     * Kafka's clients read their certificates once. After a rotation, a process that runs until stopped shuts down in
     * order, and its Deployment restarts it with the new ones.
     */
    private Future<Void> watchCertificates(Optional<KafkaSettings> kafka) {
        return kafka.map(settings -> new CertificateWatch(vertx, settings, CertificateWatch.PERIOD).start(rotated -> {
                    log.warn("{}: shutting down, so that the next start reads it", rotated);
                    ended.tryComplete();
                }))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> deploy(Roles.Prepared role, boolean last, Ops ops, List<Future<Void>> jobs) {
        if (ended.future().isComplete()) {
            return Future.succeededFuture();
        }
        starting = Optional.of(role.role().toString());
        VerticleBase verticle = role.create().apply(ops);
        return vertx.deployVerticle(verticle).compose(id -> {
            started.push(() -> vertx.undeploy(id));
            if (last) {
                starting = Optional.empty();
            }
            log.atInfo().addKeyValue("role", role.role()).log("started");
            if (verticle instanceof ServerVerticle server) {
                onServing.accept(server.port());
            }
            if (!(verticle instanceof JobVerticle job)) {
                return Future.succeededFuture();
            }
            Future<Void> finished = job.finished()
                    .onSuccess(done -> openJobs.orElseThrow().remove(role.role()))
                    .onFailure(this::failed);
            jobs.add(finished);
            // Later roles may need the job's result: schemas before alerts, alerts before an audit.
            return finished;
        });
    }

    private void endWithJobs(List<Roles.Prepared> roles, List<Future<Void>> jobs) {
        if (jobs.size() == roles.size()) {
            ended.tryComplete();
        }
    }

    private void changeSettings(LiveSettings settings) {
        log.info("the ConfigMap's live settings are now {}", settings);
        Logging.setLevel(settings.logLevel());
        Bus.of(vertx).publish(new Fact.LiveSettingsChanged(settings));
    }

    private Future<Void> stop() {
        if (started.isEmpty()) {
            return Future.succeededFuture();
        }
        return started.pop()
                .get()
                .onFailure(e -> log.warn("shutdown failed in part: {}", Failure.message(e)))
                .transform(stopped -> stop());
    }
}
