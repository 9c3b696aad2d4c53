package io.alertstream.server.routes;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.server.pages.ConnectPage;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Guides with lines to copy: the HTTP interface, and the stream for Kafka clients. */
final class GuideRoutes implements RouteGroup {

    /** An example id. The archive may lack the alert; its page then says so. */
    private static final long EXAMPLE = 7912941781254298L;

    private final Pages pages;
    private final Supplier<List<Long>> latest;
    private final String topic;
    private Optional<Fact.SystemReachable> reachable = Optional.empty();

    /** Examples use a recently archived alert, if one is known. */
    GuideRoutes(Bus bus, Pages pages, Supplier<List<Long>> latest, String topic) {
        this.pages = pages;
        this.latest = latest;
        this.topic = topic;
        bus.on(Fact.SystemReachable.class, fact -> reachable = Optional.of(fact));
    }

    @Override
    public void addTo(Router router) {
        pages.add(router, "/api", context -> pages.answer(context, 200, "api", interfaceModel(context.request())));
        pages.add(
                router, "/connect", context -> pages.answer(context, 200, "connect", ConnectPage.of(reachable, topic)));
    }

    private Map<String, ?> interfaceModel(HttpServerRequest request) {
        String host = request.authority() == null
                ? "127.0.0.1:3000"
                : request.authority().toString();
        long id = latest.get().stream().findFirst().orElse(EXAMPLE);
        return Map.of("base", request.scheme() + "://" + host, "id", Long.toString(id));
    }
}
