package io.alertstream.server.routes;

import io.alertstream.server.formats.Cutout;
import io.alertstream.server.formats.Picture;
import io.alertstream.server.formats.Stretch;
import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.ClientErrorException;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.protocol.Negotiation;
import io.alertstream.server.reading.ArchiveReader;
import io.alertstream.server.reading.ArchiveReader.Alert;
import io.alertstream.server.reading.Packet;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** An alert's cutouts: the FITS files as they are in the packet, or pictures of them. */
final class CutoutRoutes implements RouteGroup {

    private static final List<CutoutFormat> OFFERS = List.of(CutoutFormat.values());
    private static final String DEFAULT_SIZE = "256";

    private final ArchiveReader archive;
    private final Representations representations;

    /** How a picture is drawn. */
    private record Look(Stretch stretch, int size) {}

    CutoutRoutes(ArchiveReader archive, Representations representations) {
        this.archive = archive;
        this.representations = representations;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/v1/alerts/:id/cutouts/:name", this::cutout);
    }

    private void cutout(RoutingContext context) {
        HttpServerRequest request = context.request();
        OptionalLong id = IdSyntax.alert(context.pathParam("id"));
        Optional<Cutout> cutout = Cutout.named(context.pathParam("name"));
        if (id.isEmpty()) {
            Answers.error(request, 400, "expected an alert's id: " + IdSyntax.ALERT);
        } else if (cutout.isEmpty()) {
            Answers.error(request, 404, "no such cutout: there are difference, science and template");
        } else {
            Optional<CutoutFormat> format = Negotiation.choose(request, OFFERS);
            Optional<Look> look = format.flatMap(chosen -> look(request));
            if (look.isPresent()) {
                archive.alert(id.getAsLong())
                        .onFailure(context::fail)
                        .onSuccess(found -> found.ifPresentOrElse(
                                alert -> answer(context, id.getAsLong(), alert, cutout.get(), format.get(), look.get()),
                                () -> Answers.error(request, 404, "alert not found")));
            }
        }
    }

    private void answer(RoutingContext context, long id, Alert alert, Cutout cutout, CutoutFormat format, Look look) {
        String name = id + "-" + cutout.lowerCase();
        representations.answer(context, name, alert, format, packet -> switch (format) {
            case FITS -> file(packet, cutout);
            case PNG -> Picture.png(file(packet, cutout), look.stretch(), look.size());
        });
    }

    private static byte[] file(Packet packet, Cutout cutout) {
        return cutout.of(packet.view())
                .orElseThrow(() -> new ClientErrorException(404, "the alert has no " + cutout.lowerCase() + " cutout"));
    }

    /** The query's parameters. If they are invalid, this answers 400 and returns empty. */
    private static Optional<Look> look(HttpServerRequest request) {
        Optional<Stretch> stretch = Stretch.named(request.getParam("stretch", Stretch.ASINH.lowerCase()));
        String size = request.getParam("size", DEFAULT_SIZE);
        if (stretch.isEmpty()) {
            Answers.error(
                    request,
                    400,
                    "expected stretch="
                            + Arrays.stream(Stretch.values())
                                    .map(Stretch::lowerCase)
                                    .collect(Collectors.joining("|")));
            return Optional.empty();
        }
        int pixels = size.matches("[0-9]{1,4}") ? Integer.parseInt(size) : 0;
        if (pixels < Picture.MIN_SIZE || pixels > Picture.MAX_SIZE) {
            Answers.error(request, 400, "expected size=" + Picture.MIN_SIZE + " to " + Picture.MAX_SIZE + " pixels");
            return Optional.empty();
        }
        return Optional.of(new Look(stretch.get(), pixels));
    }
}
