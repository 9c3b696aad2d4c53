package io.alertstream.server.routes;

import io.vertx.ext.web.Router;

/** A part of what is served. */
interface RouteGroup {

    void addTo(Router router);
}
