package io.alertstream.server.routes;

import io.alertstream.server.limits.OverloadedException;
import io.alertstream.server.limits.Shares;
import io.alertstream.server.protocol.AcceptEncoding;
import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.protocol.EntityTag;
import io.alertstream.server.protocol.Negotiation;
import io.alertstream.server.reading.ArchiveReader;
import io.alertstream.server.reading.ArchiveReader.Alert;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Alerts by id, in wire format by default. Clients that accept gzip get the stored bytes as they are; for others the
 * bytes are decompressed.
 */
final class AlertRoutes implements RouteGroup {

    private static final CharSequence TYPE = HttpHeaders.createOptimized("application/octet-stream");
    private static final CharSequence VARY = HttpHeaders.createOptimized("accept, accept-encoding");
    private static final List<AlertFormat> OFFERS = List.of(AlertFormat.values());

    private final ArchiveReader archive;
    private final Shares unsent;
    private final Representations representations;
    private final ServedAlerts servedAlerts;

    AlertRoutes(ArchiveReader archive, Shares unsent, Representations representations, ServedAlerts servedAlerts) {
        this.archive = archive;
        this.unsent = unsent;
        this.representations = representations;
        this.servedAlerts = servedAlerts;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/v1/alerts/:id", this::alert);
    }

    private void alert(RoutingContext context) {
        OptionalLong id = IdSyntax.alert(context.pathParam("id"));
        if (id.isEmpty()) {
            Answers.error(context.request(), 400, "expected an alert's id: " + IdSyntax.ALERT);
            return;
        }
        Optional<AlertFormat> format = Negotiation.choose(context.request(), OFFERS);
        if (format.isPresent()) {
            alert(context, id.getAsLong(), format.get());
        }
    }

    private void alert(RoutingContext context, long id, AlertFormat format) {
        archive.alert(id)
                .onFailure(context::fail)
                .onSuccess(found -> found.ifPresentOrElse(
                        alert -> {
                            servedAlerts.one(context);
                            if (format == AlertFormat.WIRE) {
                                answer(context, id, alert);
                            } else {
                                representations.answer(context, id, alert, format);
                            }
                        },
                        () -> Answers.error(context.request(), 404, "alert not found")));
    }

    private void answer(RoutingContext context, long id, Alert alert) {
        boolean gzip = alert.gzipped() && AcceptEncoding.gzip(context.request());
        EntityTag tag = gzip ? alert.plainTag().of("gzip") : alert.plainTag();
        if (tag.isWanted(context.request())) {
            context.response().putHeader(Answers.CONTENT_DISPOSITION, AlertFormat.WIRE.disposition(Long.toString(id)));
            send(context, alert, gzip, tag);
        } else {
            headers(context, alert, tag).setStatusCode(304).end();
        }
    }

    private void send(RoutingContext context, Alert alert, boolean gzip, EntityTag tag) {
        if (gzip) {
            send(context, alert, alert.stored(), tag, true);
        } else {
            archive.packet(alert)
                    .onFailure(context::fail)
                    .onSuccess(packet -> send(context, alert, packet, tag, false));
        }
    }

    private void send(RoutingContext context, Alert alert, byte[] body, EntityTag tag, boolean gzip) {
        String client = unsent.client(context.request());
        if (!unsent.take(client, body.length)) {
            context.fail(new OverloadedException("too many answers are waiting for their clients to read them"));
            return;
        }
        headers(context, alert, tag);
        (gzip ? Answers.gzip(context.request(), TYPE, body) : Answers.body(context.request(), TYPE, body))
                .onComplete(sent -> unsent.giveBack(client, body.length));
    }

    private static HttpServerResponse headers(RoutingContext context, Alert alert, EntityTag tag) {
        return context.response()
                .putHeader(HttpHeaders.ETAG, tag.text())
                .putHeader(HttpHeaders.CACHE_CONTROL, alert.isVerified() ? Answers.IMMUTABLE : "no-cache")
                .putHeader(HttpHeaders.VARY, VARY);
    }
}
