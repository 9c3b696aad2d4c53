package io.alertstream.local.registry;

import static io.alertstream.local.registry.Exchange.answering;
import static io.alertstream.local.registry.Exchange.giving;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Optional;

/** {@code /config} and {@code /mode}, of the registry and of subjects. */
final class SettingRoutes {

    private static final String CONFIG = "/config/:subject";
    private static final String MODE = "/mode/:subject";

    private final RegistryState state;
    private final SettingWrites writes;

    SettingRoutes(RegistryState state, SettingWrites writes) {
        this.state = state;
        this.writes = writes;
    }

    void addTo(Router router) {
        RegistryRouter.get(router, "/config")
                .handler(giving(exchange -> level(state.effectiveLevel(LogRecord.GLOBAL))));
        RegistryRouter.get(router, CONFIG).handler(giving(this::subjectLevel));
        router.put("/config").handler(answering(exchange -> setLevel(LogRecord.GLOBAL, exchange)));
        router.put(CONFIG).handler(answering(exchange -> setLevel(exchange.subject(), exchange)));
        router.delete("/config").handler(answering(exchange -> writes.clearLevel(LogRecord.GLOBAL)
                .map(SettingRoutes::level)));
        router.delete(CONFIG).handler(answering(exchange -> writes.clearLevel(exchange.subject())
                .map(SettingRoutes::level)));

        RegistryRouter.get(router, "/mode").handler(giving(exchange -> mode(state.effectiveMode(LogRecord.GLOBAL))));
        RegistryRouter.get(router, MODE).handler(giving(this::subjectMode));
        router.put("/mode").handler(answering(exchange -> setMode(LogRecord.GLOBAL, exchange)));
        router.put(MODE).handler(answering(exchange -> setMode(exchange.subject(), exchange)));
        router.delete("/mode").handler(answering(exchange -> writes.clearMode(LogRecord.GLOBAL)
                .map(SettingRoutes::mode)));
        router.delete(MODE).handler(answering(exchange -> writes.clearMode(exchange.subject())
                .map(SettingRoutes::mode)));
    }

    private JsonObject subjectLevel(Exchange exchange) {
        String subject = exchange.subject();
        if (exchange.flag("defaultToGlobal")) {
            return level(state.effectiveLevel(subject));
        }
        return level(state.level(subject).orElseThrow(() -> ApiError.compatibilityNotConfigured(subject)));
    }

    private JsonObject subjectMode(Exchange exchange) {
        String subject = exchange.subject();
        if (exchange.flag("defaultToGlobal")) {
            return mode(state.effectiveMode(subject));
        }
        return mode(state.mode(subject).orElseThrow(() -> ApiError.modeNotConfigured(subject)));
    }

    private Future<JsonObject> setLevel(String subject, Exchange exchange) {
        Compatibility level = text(exchange, "compatibility")
                .flatMap(Compatibility::parse)
                .orElseThrow(ApiError::invalidCompatibility);
        return writes.setLevel(subject, level).map(RegistryRouter.json("compatibility", level.name()));
    }

    private Future<JsonObject> setMode(String subject, Exchange exchange) {
        Mode mode = text(exchange, "mode").flatMap(Mode::parse).orElseThrow(ApiError::invalidMode);
        return writes.setMode(subject, mode, exchange.flag("force")).map(RegistryRouter.json("mode", mode.name()));
    }

    private static Optional<String> text(Exchange exchange, String name) {
        return exchange.body().getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static JsonObject level(Compatibility level) {
        return RegistryRouter.json("compatibilityLevel", level.name());
    }

    private static JsonObject mode(Mode mode) {
        return RegistryRouter.json("mode", mode.name());
    }
}
