package io.alertstream.server.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.archive.Crc32c;
import io.alertstream.archive.GzipCodec;
import io.alertstream.avro.profile.AlertView;
import io.alertstream.server.formats.AvroContainer;
import io.alertstream.server.formats.Cutout;
import io.alertstream.server.formats.FitsAlert;
import io.alertstream.server.formats.JsonAlert;
import io.alertstream.server.limits.OverloadedException;
import io.alertstream.server.limits.Shares;
import io.alertstream.server.protocol.AcceptEncoding;
import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.EntityTag;
import io.alertstream.server.protocol.Offer;
import io.alertstream.server.reading.ArchiveReader.Alert;
import io.alertstream.server.reading.Decoding;
import io.alertstream.server.reading.Packet;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Answers with representations of alerts, which are made on request. */
final class Representations {

    private static final CharSequence VARY = HttpHeaders.createOptimized("accept, accept-encoding");

    private final Decoding decoding;
    private final Shares unsent;

    /** A representation, ready to be sent. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
    private record Made(byte[] bytes, boolean gzip, Offer offer, EntityTag tag, String name) {}

    /** The steps from an alert to a representation. */
    record Parts<L, F>(Function<Packet, L> look, Function<L, Future<F>> lookUp, BiFunction<Packet, F, byte[]> make) {}

    Representations(Decoding decoding, Shares unsent) {
        this.decoding = decoding;
        this.unsent = unsent;
    }

    /** Answers with the whole alert, in any format but the stored one. */
    void answer(RoutingContext context, long id, Alert alert, AlertFormat format) {
        String cutouts = context.request().getParam("cutouts", "true");
        if (!cutouts.equals("true") && !cutouts.equals("false")) {
            Answers.error(context.request(), 400, "expected cutouts=true|false");
            return;
        }
        boolean whole = cutouts.equals("true");
        answer(context, id + (whole ? "" : "-values"), alert, format, packet -> switch (format) {
            case WIRE -> packet.bytes();
            case AVRO -> {
                packet.check();
                yield AvroContainer.of(packet.schema(), packet.bytes());
            }
            case JSON -> json(packet.view(), whole);
            case FITS -> FitsAlert.of(id, packet.view());
        });
    }

    private static byte[] json(AlertView alert, boolean whole) {
        return JsonAlert.of(alert.alert(), whole ? List.of() : Cutout.fields(alert));
    }

    /**
     * Answers with anything made from an alert. A client that already has it gets 304 before it is made.
     *
     * @param name the file name, without the extension
     */
    void answer(RoutingContext context, String name, Alert alert, Offer offer, Function<Packet, byte[]> make) {
        boolean gzip = offer.isCompressible() && AcceptEncoding.gzip(context.request());
        EntityTag stored = alert.plainTag().of(Release.TAG).of(variant(context.request(), name));
        if (offer.followsFromStored() && tag(stored, offer, gzip).isNamed(context.request())) {
            headers(context, offer, tag(stored, offer, gzip)).setStatusCode(304).end();
            return;
        }
        decoding.open(alert, packet -> {
                    byte[] bytes = make.apply(packet);
                    EntityTag made = offer.followsFromStored() ? stored : EntityTag.of(bytes);
                    return new Made(gzipped(gzip, bytes), gzip, offer, tag(made, offer, gzip), name);
                })
                .onFailure(context::fail)
                .onSuccess(made -> send(context, made));
    }

    /**
     * Answers with anything made from an alert and from what is looked up for it. The tag is made from the bytes.
     *
     * @param parts the steps, which {@link Decoding} runs
     */
    <L, F> void answer(RoutingContext context, Alert alert, Offer offer, Parts<L, F> parts) {
        boolean gzip = offer.isCompressible() && AcceptEncoding.gzip(context.request());
        decoding.open(alert, parts.look(), parts.lookUp(), (packet, found) -> {
                    byte[] bytes = parts.make().apply(packet, found);
                    return new Made(gzipped(gzip, bytes), gzip, offer, tag(EntityTag.of(bytes), offer, gzip), "");
                })
                .onFailure(context::fail)
                .onSuccess(made -> send(context, made));
    }

    private static byte[] gzipped(boolean gzip, byte[] bytes) {
        return gzip ? GzipCodec.fastest().gzip(bytes) : bytes;
    }

    /** Distinguishes representations of one format, which depend on the query, such as a picture's size. */
    private static String variant(HttpServerRequest request, String name) {
        return Crc32c.text(Crc32c.of((name + '?' + request.query()).getBytes(UTF_8)));
    }

    private static EntityTag tag(EntityTag origin, Offer offer, boolean gzip) {
        EntityTag tag = origin.of(offer.format());
        return gzip ? tag.of("gzip") : tag;
    }

    private void send(RoutingContext context, Made made) {
        HttpServerRequest request = context.request();
        String client = unsent.client(request);
        int length = made.bytes().length;
        if (!unsent.take(client, length)) {
            context.fail(new OverloadedException("too many answers are waiting for their clients to read them"));
            return;
        }
        HttpServerResponse response = headers(context, made.offer(), made.tag());
        Future<Void> sent;
        if (made.tag().isWanted(request)) {
            CharSequence type = made.offer().types().get(0);
            String disposition = made.offer().disposition(made.name());
            if (!disposition.isEmpty()) {
                response.putHeader(Answers.CONTENT_DISPOSITION, disposition);
            }
            sent = made.gzip() ? Answers.gzip(request, type, made.bytes()) : Answers.body(request, type, made.bytes());
        } else {
            sent = response.setStatusCode(304).end();
        }
        sent.onComplete(done -> unsent.giveBack(client, length));
    }

    private static HttpServerResponse headers(RoutingContext context, Offer offer, EntityTag tag) {
        return context.response()
                .putHeader(HttpHeaders.ETAG, tag.text())
                .putHeader(HttpHeaders.CACHE_CONTROL, offer.cacheControl())
                .putHeader(HttpHeaders.VARY, VARY);
    }
}
