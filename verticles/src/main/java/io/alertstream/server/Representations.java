package io.alertstream.server;

import io.alertstream.server.ArchiveReader.Alert;
import io.alertstream.server.Decoding.Packet;
import io.alertstream.server.formats.AvroContainer;
import io.alertstream.server.formats.Cutout;
import io.alertstream.server.formats.FitsAlert;
import io.alertstream.server.formats.JsonAlert;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** Answers with representations of alerts that are made when they are asked for. */
final class Representations {

    private static final CharSequence VARY = HttpHeaders.createOptimized("accept, accept-encoding");

    private final Decoding decoding;
    private final ByteBudget unsent;

    Representations(Decoding decoding, ByteBudget unsent) {
        this.decoding = decoding;
        this.unsent = unsent;
    }

    /** The whole alert, in any format but the one that it is stored in. */
    void answer(RoutingContext context, long id, Alert alert, AlertFormat format) {
        String cutouts = context.request().getParam("cutouts", "true");
        if (!cutouts.equals("true") && !cutouts.equals("false")) {
            Answers.error(context.request(), 400, "expected cutouts=true|false");
            return;
        }
        List<String> without = cutouts.equals("true") ? List.of() : Cutout.fields();
        answer(context, alert, format, packet -> switch (format) {
            case WIRE -> packet.bytes();
            case AVRO -> {
                packet.decoder().check(packet.bytes());
                yield AvroContainer.of(packet.schema(), packet.bytes());
            }
            case JSON -> JsonAlert.of(packet.decoder().decode(packet.bytes()), without);
            case FITS -> FitsAlert.of(id, packet.decoder().decode(packet.bytes()));
        });
    }

    /** Anything made of an alert. */
    void answer(RoutingContext context, Alert alert, Offer offer, Function<Packet, byte[]> make) {
        decoding.open(alert, packet -> Content.of(make.apply(packet), offer.format()))
                .onFailure(context::fail)
                .onSuccess(content -> send(context, content, offer));
    }

    private void send(RoutingContext context, Content content, Offer offer) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, offer.cacheControl())
                .putHeader(HttpHeaders.VARY, VARY);
        int bytes = content.bytes().length();
        if (!unsent.take(bytes)) {
            response.headers().clear();
            context.fail(new OverloadedException("answers wait for clients that don't read them"));
            return;
        }
        content.sendTo(request, offer.types().get(0)).onComplete(sent -> unsent.giveBack(bytes));
    }
}
