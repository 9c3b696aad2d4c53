package io.alertstream.server;

import io.alertstream.archive.AlertArchive;
import io.alertstream.http.SyntaxGate;
import io.alertstream.ops.Ops;
import io.alertstream.server.limits.Clients;
import io.alertstream.server.limits.Connections;
import io.alertstream.server.limits.Limits;
import io.alertstream.server.limits.Shares;
import io.alertstream.server.protocol.ErrorAnswers;
import io.alertstream.server.routes.Preloaded;
import io.alertstream.server.routes.Site;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
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

    /** How long answers under way may take when the server stops. */
    private static final long SHUTDOWN_SECONDS = 5;

    private final ServerSettings settings;
    private final Limits limits;
    private final Ops ops;
    private Clients clients;
    private AlertArchive archive;
    private Site site;
    private HttpServer server;

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
        return vertx.executeBlocking(() -> Preloaded.load(vertx))
                .compose(this::listen)
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<?> listen(Preloaded preloaded) {
        Connections connections = new Connections(vertx, limits, clients, shares(limits.connections()));
        Gauge.builder("alertstream.server.connections", connections, Connections::count)
                .description("open connections")
                .register(ops.meters());
        site = Site.of(
                vertx, archive, settings.profile(), settings.overview(), limits, this::shares, preloaded, ops.meters());
        HttpServerOptions options = options();
        server = vertx.createHttpServer(options)
                .connectionHandler(connection ->
                        connections.accept(connection, SyntaxGate.install(connection, options, ErrorAnswers.REFUSAL)))
                .requestHandler(request -> connections.admit(request, site.router()));
        return server.listen(settings.port(), settings.host())
                .onSuccess(listening ->
                        LOG.atInfo().addKeyValue("role", "server").log("listening on {}:{}", settings.host(), port()))
                .recover(failure -> Future.failedFuture(refused(failure)));
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

    /** The served paths as the router writes them, once it is deployed. */
    Set<String> paths() {
        return site.router().getRoutes().stream()
                .map(Route::getName)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Future<?> stop() {
        ops.readiness().release(READY);
        if (site == null) {
            return archive.close();
        }
        site.endEvents();
        return server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .eventually(site::close)
                .eventually(archive::close);
    }

    private Shares shares(long max) {
        return new Shares(clients, max, settings.clients().sharePercent());
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(Limits.HEADER_BYTES)
                // Counts from the last completed write: see Limits.quiet.
                .setWriteIdleTimeout(Math.toIntExact(limits.quiet().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // One request at a time on a connection: see Connections.
                .setHttp2ClearTextEnabled(false)
                .setAcceptBacklog(1_024);
    }
}
