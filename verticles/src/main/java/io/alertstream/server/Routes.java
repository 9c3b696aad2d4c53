package io.alertstream.server;

import io.vertx.ext.web.Router;

/** A part of what is served. */
interface Routes {

    void addTo(Router router);
}
