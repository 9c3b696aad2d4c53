package io.alertstream.server;

import io.alertstream.archive.AlertArchive;
import io.alertstream.bus.Bus;
import io.alertstream.http.SyntaxGate;
import io.alertstream.ops.Ops;
import io.alertstream.server.overview.Overview;
import io.alertstream.server.pages.Assets;
import io.alertstream.server.pages.Templates;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role {@code server}. */
public final class ServerVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ServerVerticle.class);
    private static final String READY = "server.store";

    /** For answers that are on their way when the server stops. */
    private static final long SHUTDOWN_SECONDS = 5;

    private final ServerSettings settings;
    private final Limits limits;
    private final Ops ops;
    private Clients clients;
    private AlertArchive archive;
    private Overview overview;
    private EventStream events;
    private HttpServer server;
    private Router router;

    public ServerVerticle(ServerSettings settings, Ops ops) {
        this(settings, Limits.DEFAULT, ops);
    }

    ServerVerticle(ServerSettings settings, Limits limits, Ops ops) {
        this.settings = settings;
        this.limits = limits;
        this.ops = ops;
    }

    @Override
    public Future<?> start() {
        archive = AlertArchive.open(vertx, settings.archive());
        ops.readiness().require(READY, archive::check);
        clients = new Clients(settings.clients().proxies());
        Connections connections = new Connections(vertx, limits, clients, shares(limits.connections()));
        Gauge.builder("alertstream.server.connections", connections, Connections::count)
                .description("open connections")
                .register(ops.meters());
        router = router();
        HttpServerOptions options = options();
        server = vertx.createHttpServer(options)
                .connectionHandler(connection ->
                        connections.accept(connection, SyntaxGate.install(connection, options, Failures.REFUSAL)))
                .requestHandler(request -> connections.admit(request, router));
        return server.listen(settings.port(), settings.host())
                .onSuccess(listening ->
                        LOG.atInfo().addKeyValue("role", "server").log("listening on {}:{}", settings.host(), port()))
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(refused(failure))));
    }

    private InvalidSettingsException refused(Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        return why.contains("in use") || why.contains("ermission denied")
                ? InvalidSettingsException.port(Settings.HTTP_PORT, settings.port(), failure)
                : InvalidSettingsException.of(
                        Settings.HTTP_HOST, settings.host(), "an address of this machine, but: " + why);
    }

    /** The port it listens on, once it is deployed. */
    public int port() {
        return server.actualPort();
    }

    /** What can be asked, once it is deployed: paths as the router writes them. */
    Set<String> paths() {
        return router.getRoutes().stream()
                .map(Route::getName)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Future<?> stop() {
        ops.readiness().release(READY);
        events.close();
        return server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .eventually(overview::close)
                .eventually(archive::close);
    }

    private Router router() {
        ArchiveReader reader = new ArchiveReader(vertx, archive, limits, ops.meters());
        Shares unsent = shares(limits.unsentBytes());
        Decoding decoding = new Decoding(vertx, reader, limits.undecodedBytes());
        Representations representations = new Representations(decoding, unsent);
        Assets assets = Assets.load();
        Templates templates = new Templates(vertx, assets);
        HandedOut handedOut = new HandedOut(ops.meters());
        overview = new Overview(vertx, settings.overview(), archive::check, handedOut::count);
        events = new EventStream();
        Pages pages = new Pages(vertx, templates);
        ObjectSearch search = new ObjectSearch(reader, decoding, overview::latestAlerts);
        List<Routes> all = List.of(
                new HealthRoutes(),
                new AlertRoutes(reader, unsent, representations, handedOut),
                new AlertSchemaRoutes(reader, decoding),
                new CutoutRoutes(reader, representations),
                new ManyAlertsRoutes(
                        new ManyAlertsRoutes.Bounds(shares(Limits.LISTS), shares(Limits.LIST_BYTES)),
                        ids -> new ContainerStream(vertx, reader, decoding, ids),
                        handedOut),
                new SchemaRoutes(reader),
                new AlertPageRoutes(reader, representations, decoding, pages, templates, search),
                new GuideRoutes(
                        Bus.of(vertx),
                        pages,
                        overview::latestAlerts,
                        settings.overview().replayTopic()),
                new SystemPageRoutes(overview, pages),
                new EventRoutes(overview, events, shares(limits.listeners())),
                new AssetRoutes(assets),
                new OpenApiRoutes());
        Router made = Router.router(vertx);
        made.route().handler(new RequestMeters(ops.meters())::measure);
        Cors.addTo(made);
        all.forEach(routes -> routes.addTo(made));
        Failures.addTo(made);
        return made;
    }

    private Shares shares(long max) {
        return new Shares(clients, max, settings.clients().sharePercent());
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                // Counts from the last write that was done: see Limits.quiet.
                .setWriteIdleTimeout(Math.toIntExact(limits.quiet().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // One request at a time on a connection: see Connections.
                .setHttp2ClearTextEnabled(false)
                .setAcceptBacklog(1_024);
    }
}
