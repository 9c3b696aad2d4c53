package io.alertstream.server.protocol;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses a representation by the query parameter {@code format}, else by {@code Accept}. */
public final class Negotiation {

    private Negotiation() {}

    /** The representation to send. If it isn't on offer, this answers 400 or 406 and returns empty. */
    public static <T extends Offer> Optional<T> choose(HttpServerRequest request, List<T> offers) {
        // Parsing a query takes time, and most requests have none.
        String format = request.query() == null ? null : request.getParam("format");
        if (format != null) {
            Optional<T> named = offers.stream()
                    .filter(offer -> offer.format().equals(format))
                    .findFirst();
            if (named.isEmpty()) {
                Answers.error(request, 400, "expected format=" + formats(offers));
            }
            return named;
        }
        List<String> accept = request.headers().getAll(HttpHeaders.ACCEPT);
        if (accept.isEmpty()) {
            return Optional.of(offers.get(0));
        }
        Optional<T> best = Accept.of(accept).best(offers);
        if (best.isEmpty()) {
            Answers.error(
                    request,
                    406,
                    "expected Accept to allow one of "
                            + offers.stream().map(offer -> offer.types().get(0)).collect(Collectors.joining(", "))
                            + ", or format=" + formats(offers));
        }
        return best;
    }

    private static String formats(List<? extends Offer> offers) {
        return offers.stream().map(Offer::format).collect(Collectors.joining("|"));
    }
}
