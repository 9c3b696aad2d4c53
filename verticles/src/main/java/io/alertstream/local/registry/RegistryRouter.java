package io.alertstream.local.registry;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all routes share: content types, the body limit, errors in the registry's format. */
final class RegistryRouter {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryRouter.class);

    /** Room for the largest record when escaped. */
    static final int MAX_BODY_BYTES = 2 << 20;

    private static final Set<String> CONSUMED = Set.of(
            Exchange.JSON_V1, "application/vnd.schemaregistry+json", "application/json", "application/octet-stream");

    /** Vert.x decodes the path while routing, and fails with 500 if the client's encoding is wrong. */
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");

    private RegistryRouter() {}

    static Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().failureHandler(RegistryRouter::fail);
        router.route().handler(RegistryRouter::negotiate);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, RegistryRouter::fail);
        }
        return router;
    }

    /** A route that handles GET, and HEAD without a body. */
    static Route get(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private static void negotiate(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        if (BROKEN_ESCAPE.matcher(context.request().uri()).find()) {
            context.fail(ApiError.http(
                    400,
                    "HTTP 400 Bad Request: expected two hexadecimal digits after each % in the path"
                            + " and the query"));
        } else if (type != null
                && !CONSUMED.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
            context.fail(ApiError.http(415, "HTTP 415 Unsupported Media Type"));
        } else if (new Exchange(context).acceptedType() == null) {
            context.fail(ApiError.http(406, "HTTP 406 Not Acceptable"));
        } else {
            context.next();
        }
    }

    static void fail(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException) {
            return; // The client disconnected, or was refused already.
        }
        ApiError error = errorOf(context);
        if (error.status() >= 500) {
            LOG.atError()
                    .setCause(context.failure())
                    .log(
                            "registry: {} {} failed",
                            context.request().method(),
                            context.request().path());
        }
        new Exchange(context).end(error.status(), error.toJson().toBuffer());
    }

    private static ApiError errorOf(RoutingContext context) {
        if (context.failure() instanceof ApiError error) {
            return error;
        }
        int status = context.statusCode();
        if (status == 413) {
            return ApiError.http(status, "The body is too long: at most " + MAX_BODY_BYTES + " bytes");
        }
        if (status >= 400 && status < 500) {
            String phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
            return ApiError.http(status, "HTTP " + status + " " + phrase);
        }
        return ApiError.http(500, "Internal Server Error");
    }

    /** A response with one field. */
    static JsonObject json(String name, Object value) {
        return new JsonObject().put(name, value);
    }
}
