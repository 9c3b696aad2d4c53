package io.alertstream.local.registry;

import static io.alertstream.local.registry.Exchange.answering;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;

/** {@code /compatibility}: whether a schema could be registered. */
final class CompatibilityRoutes {

    private static final String VERSIONS = "/compatibility/subjects/:subject/versions";

    private final RegistryState state;
    private final Registrations registrations;

    CompatibilityRoutes(RegistryState state, Registrations registrations) {
        this.state = state;
        this.registrations = registrations;
    }

    void addTo(Router router) {
        router.post(VERSIONS).handler(answering(exchange -> check(exchange, state.live(exchange.subject()))));
        router.post(VERSIONS + "/:version").handler(answering(exchange -> check(exchange, version(exchange))));
    }

    /** The version to compare with; empty if the subject has none. */
    private List<StoredSchema> version(Exchange exchange) {
        VersionNumber version = exchange.version();
        List<StoredSchema> live = state.live(exchange.subject());
        if (version.isLatest()) {
            return live.stream().limit(1).toList();
        }
        return List.of(live.stream()
                .filter(schema -> schema.version() == version.number())
                .findFirst()
                .orElseThrow(() -> ApiError.versionNotFound(version.number())));
    }

    private Future<JsonObject> check(Exchange exchange, List<StoredSchema> earlier) {
        return registrations
                .problems(exchange.subject(), exchange.newSchema(), earlier)
                .map(problems -> {
                    JsonObject answer = RegistryRouter.json("is_compatible", problems.isEmpty());
                    return exchange.flag("verbose") ? answer.put("messages", new JsonArray(problems)) : answer;
                });
    }
}
