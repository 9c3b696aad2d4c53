package io.alertstream.server.routes;

import io.vertx.ext.web.Router;

/** A group of routes. */
interface RouteGroup {

    void addTo(Router router);
}
