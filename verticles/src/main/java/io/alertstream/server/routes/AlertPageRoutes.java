package io.alertstream.server.routes;

import io.alertstream.avro.profile.AlertView;
import io.alertstream.server.formats.Stretch;
import io.alertstream.server.pages.AlertPage;
import io.alertstream.server.pages.Templates;
import io.alertstream.server.protocol.ErrorAnswers.Problem;
import io.alertstream.server.protocol.Offer;
import io.alertstream.server.reading.ArchiveReader;
import io.alertstream.server.reading.ArchiveReader.Alert;
import io.alertstream.server.reading.Packet;
import io.alertstream.server.routes.Representations.Parts;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Pages for alerts, and the search that leads to them. */
final class AlertPageRoutes implements RouteGroup {

    private static final Problem NO_ID =
            new Problem(400, "This isn't the id of an alert. Expected " + IdSyntax.ALERT + ".");
    private static final Problem NO_STRETCH =
            new Problem(400, "There is no such stretch: expected linear, asinh, zscale or signed.");
    private static final Problem NO_PAGE = new Problem(404, "There is no such page.");

    private final ArchiveReader archive;
    private final Representations representations;
    private final Pages pages;
    private final Templates templates;
    private final ObjectSearch search;

    private enum Format implements Offer {
        HTML;

        @Override
        public List<String> types() {
            return List.of(Pages.HTML);
        }

        /** A page has no file name. */
        @Override
        public String disposition(String name) {
            return "";
        }

        /** A page shows more than the alert, such as links to its neighbours. */
        @Override
        public boolean followsFromStored() {
            return false;
        }

        /** Revalidated each time, so that a page and its files come from the same release. */
        @Override
        public String cacheControl() {
            return "no-cache";
        }
    }

    AlertPageRoutes(
            ArchiveReader archive,
            Representations representations,
            Pages pages,
            Templates templates,
            ObjectSearch search) {
        this.archive = archive;
        this.representations = representations;
        this.pages = pages;
        this.templates = templates;
        this.search = search;
    }

    @Override
    public void addTo(Router router) {
        pages.add(router, "/alerts", this::search);
        pages.add(router, "/alerts/:id", this::alert);
        pages.add(router, "/alerts/*", context -> pages.error(context, NO_PAGE));
    }

    /** Handles the search box, which sends {@code ?id=}. */
    private void search(RoutingContext context) {
        OptionalLong id = context.queryParam("id").stream()
                .findFirst()
                .map(text -> IdSyntax.alert(text.strip()))
                .orElse(OptionalLong.empty());
        if (id.isEmpty()) {
            pages.error(context, NO_ID);
        } else {
            context.response()
                    .setStatusCode(303)
                    .putHeader(HttpHeaders.LOCATION, "/alerts/" + id.getAsLong())
                    .end();
        }
    }

    private void alert(RoutingContext context) {
        OptionalLong id = IdSyntax.alert(context.pathParam("id"));
        Optional<Stretch> stretch = Stretch.named(context.request().getParam("stretch", Stretch.ZSCALE.lowerCase()));
        if (id.isEmpty()) {
            pages.error(context, NO_ID);
        } else if (stretch.isEmpty()) {
            pages.error(context, NO_STRETCH);
        } else {
            alert(context, id.getAsLong(), stretch.get());
        }
    }

    private void alert(RoutingContext context, long id, Stretch stretch) {
        archive.alert(id)
                .onFailure(context::fail)
                .onSuccess(found -> found.ifPresentOrElse(
                        alert -> show(context, id, alert, stretch), () -> showObject(context, id)));
    }

    private void show(RoutingContext context, long id, Alert alert, Stretch stretch) {
        representations.answer(
                context,
                alert,
                Format.HTML,
                new Parts<>(
                        Glance::of,
                        glance -> archived(glance.neighbours()).onSuccess(there -> learn(id, glance.object(), there)),
                        (packet, there) -> templates.fill("alert", AlertPage.of(id, packet.view(), stretch, there))));
    }

    private void learn(long id, Optional<String> object, Set<String> neighbours) {
        search.learn(id, object);
        neighbours.forEach(other -> IdSyntax.alert(other).ifPresent(known -> search.learn(known, object)));
    }

    /** What must be known about an alert to look up the rest of its page. */
    private record Glance(Optional<String> object, Set<String> neighbours) {

        static Glance of(Packet packet) {
            AlertView alert = packet.view();
            return new Glance(AlertPage.objectId(alert), AlertPage.neighbours(alert));
        }
    }

    /** The ids that are in the archive. An alert that can't be read now counts as missing. */
    private Future<Set<String>> archived(Set<String> ids) {
        Set<String> there = new HashSet<>();
        List<Future<?>> looks = new ArrayList<>();
        for (String id : ids) {
            IdSyntax.alert(id)
                    .ifPresent(known -> looks.add(
                            archive.alert(known).onSuccess(found -> found.ifPresent(alert -> there.add(id)))));
        }
        return looks.isEmpty()
                ? Future.succeededFuture(there)
                : Future.join(looks).transform(looked -> Future.succeededFuture(there));
    }

    private void showObject(RoutingContext context, long id) {
        search.alertsOf(id).onSuccess(alerts -> {
            if (alerts.isEmpty()) {
                pages.error(context, missing(id));
            } else {
                pages.answer(
                        context,
                        200,
                        "object",
                        Map.of(
                                "id",
                                Long.toString(id),
                                "alerts",
                                alerts.stream().map(String::valueOf).toList()));
            }
        });
    }

    private static Problem missing(long id) {
        return new Problem(
                404,
                "The archive has no alert " + id + ". If the id is right, it may not have arrived yet, since alerts are"
                        + " archived seconds after they are sent, or be older than this archive. If it is an object's id:"
                        + " this server finds the alerts of an object only among those that it has shown or that were"
                        + " archived last.");
    }
}
