package io.alertstream.server.routes;

import io.alertstream.archive.AlertArchive;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.bus.Bus;
import io.alertstream.server.limits.Limits;
import io.alertstream.server.limits.Shares;
import io.alertstream.server.overview.Overview;
import io.alertstream.server.overview.OverviewSettings;
import io.alertstream.server.pages.Templates;
import io.alertstream.server.protocol.ErrorAnswers;
import io.alertstream.server.protocol.RequestMeters;
import io.alertstream.server.reading.ArchiveReader;
import io.alertstream.server.reading.Decoding;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.LongFunction;

/** All routes of the server behind one router, and the parts that they share. Used on one event loop. */
public final class Site {

    private final Router router;
    private final EventStream events;
    private final Overview overview;

    private Site(Router router, EventStream events, Overview overview) {
        this.router = router;
        this.events = events;
        this.overview = overview;
    }

    /**
     * Builds the site.
     *
     * @param profile where alerts hold the values that are shown
     * @param shares limits a total of which one client may hold only a share
     */
    public static Site of(
            Vertx vertx,
            AlertArchive archive,
            AlertProfile profile,
            OverviewSettings system,
            Limits limits,
            LongFunction<Shares> shares,
            Preloaded preloaded,
            MeterRegistry meters) {
        ArchiveReader reader = new ArchiveReader(vertx, archive, limits, meters);
        Shares unsent = shares.apply(limits.unsentBytes());
        Decoding decoding =
                new Decoding(vertx, reader, profile, preloaded.documentation(), limits.undecodedBytes(), meters);
        Representations representations = new Representations(decoding, unsent);
        Templates templates = preloaded.templates();
        ServedAlerts servedAlerts = new ServedAlerts(meters);
        Overview overview = new Overview(vertx, system, archive::check, servedAlerts::count);
        EventStream events = new EventStream();
        Pages pages = new Pages(vertx, templates);
        ObjectSearch search = new ObjectSearch(reader, decoding, overview::latestAlerts);
        List<RouteGroup> all = List.of(
                new HealthRoutes(),
                new AlertRoutes(reader, unsent, representations, servedAlerts),
                new AlertSchemaRoutes(reader, decoding),
                new CutoutRoutes(reader, representations),
                new ManyAlertsRoutes(
                        new ManyAlertsRoutes.Bounds(shares.apply(Limits.LISTS), shares.apply(Limits.LIST_BYTES)),
                        ids -> new ContainerStream(vertx, reader, decoding, ids),
                        servedAlerts),
                new SchemaDocumentRoutes(reader),
                new AlertPageRoutes(reader, representations, pages, templates, search),
                new GuideRoutes(Bus.of(vertx), pages, overview::latestAlerts, system.replayTopic()),
                new SystemPageRoutes(overview, pages),
                new EventRoutes(overview, events, shares.apply(limits.listeners())),
                new AssetRoutes(preloaded.assets()),
                new OpenApiRoutes(preloaded.openApi()));
        return new Site(router(vertx, all, meters), events, overview);
    }

    private static Router router(Vertx vertx, List<RouteGroup> all, MeterRegistry meters) {
        Router router = Router.router(vertx);
        router.route().handler(new RequestMeters(meters)::measure);
        Cors.addTo(router);
        all.forEach(routes -> routes.addTo(router));
        ErrorAnswers.addTo(router);
        return router;
    }

    public Router router() {
        return router;
    }

    /** Ends the endless answers. */
    public void endEvents() {
        events.close();
    }

    /** Closes the parts. */
    public Future<Void> close() {
        return overview.close();
    }
}
