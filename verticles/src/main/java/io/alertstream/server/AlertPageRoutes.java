package io.alertstream.server;

import io.alertstream.server.Decoding.Packet;
import io.alertstream.server.Failures.Problem;
import io.alertstream.server.formats.Stretch;
import io.alertstream.server.pages.AlertPage;
import io.alertstream.server.pages.Templates;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An alert in a browser, and the way there from the search box. */
final class AlertPageRoutes implements Routes {

    private static final Problem NO_ID = new Problem(400, "That can't be an alert's id. Expected " + Ids.ALERT + ".");
    private static final Problem NO_STRETCH =
            new Problem(400, "There is no such stretch: expected linear, asinh or zscale.");
    private static final Problem NO_PAGE = new Problem(404, "There is no such page.");

    private final ArchiveReader archive;
    private final Representations representations;
    private final Pages pages;
    private final Templates templates;

    private enum Format implements Offer {
        HTML;

        @Override
        public String format() {
            return "html";
        }

        @Override
        public List<String> types() {
            return List.of(Pages.HTML);
        }

        /** Asked for again each time: a page and its files are of the same release. */
        @Override
        public String cacheControl() {
            return "no-cache";
        }
    }

    AlertPageRoutes(ArchiveReader archive, Representations representations, Pages pages, Templates templates) {
        this.archive = archive;
        this.representations = representations;
        this.pages = pages;
        this.templates = templates;
    }

    @Override
    public void addTo(Router router) {
        pages.add(router, "/alerts", this::search);
        pages.add(router, "/alerts/:id", this::alert);
        pages.add(router, "/alerts/*", context -> pages.error(context, NO_PAGE));
    }

    /** The search box leads here, with {@code ?id=}. */
    private void search(RoutingContext context) {
        OptionalLong id = context.queryParam("id").stream()
                .findFirst()
                .map(text -> Ids.alert(text.strip()))
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
        OptionalLong id = Ids.alert(context.pathParam("id"));
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
                        alert -> representations.answer(
                                context,
                                alert,
                                Format.HTML,
                                packet -> templates.fill("alert", model(id, packet, stretch))),
                        () -> pages.error(context, missing(id))));
    }

    private static Map<String, Object> model(long id, Packet packet, Stretch stretch) {
        return AlertPage.of(id, packet.decoder().decode(packet.bytes()), stretch);
    }

    private static Problem missing(long id) {
        return new Problem(
                404,
                "The archive has no alert " + id + ". If the id is right, it may have yet to come, since alerts are"
                        + " archived seconds after they are sent, or be older than this archive.");
    }
}
