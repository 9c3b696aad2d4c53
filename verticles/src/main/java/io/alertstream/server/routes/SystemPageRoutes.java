package io.alertstream.server.routes;

import io.alertstream.server.overview.Overview;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Map;

/** The system page: the current state, which the page's script updates from the events. */
final class SystemPageRoutes implements RouteGroup {

    private final Overview overview;
    private final Pages pages;

    SystemPageRoutes(Overview overview, Pages pages) {
        this.overview = overview;
        this.pages = pages;
    }

    @Override
    public void addTo(Router router) {
        pages.add(router, "/", context -> overview.look()
                .onFailure(context::fail)
                .onSuccess(state -> pages.answer(context, 200, "system", model(state))));
    }

    @SuppressWarnings("unchecked") // The keys of JSON objects are strings.
    private static Map<String, Object> model(JsonObject state) {
        return state.mapTo(Map.class);
    }
}
