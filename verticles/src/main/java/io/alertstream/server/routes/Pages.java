package io.alertstream.server.routes;

import io.alertstream.archive.GzipCodec;
import io.alertstream.server.pages.Templates;
import io.alertstream.server.protocol.AcceptEncoding;
import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.protocol.ErrorAnswers;
import io.alertstream.server.protocol.ErrorAnswers.Problem;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * Answers with pages, errors included. Their policy allows no content from other sites and no scripts but our own
 * files. Templates are filled on the pool for CPU work.
 */
final class Pages {

    static final String HTML = "text/html; charset=utf-8";

    private static final CharSequence POLICY = HttpHeaders.createOptimized("default-src 'none'; script-src 'self'; "
            + "style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'");

    private static final CharSequence VARY = HttpHeaders.createOptimized("accept-encoding");

    private final Templates templates;
    private final WorkerExecutor cpu;

    Pages(Vertx vertx, Templates templates) {
        this.templates = templates;
        this.cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
    }

    /** Adds a path whose answers, errors included, are pages. */
    void add(Router router, String path, Handler<RoutingContext> handler) {
        Endpoint.add(router, path, context -> {
            protect(context.response());
            handler.handle(context);
        });
        router.route(path)
                .failureHandler(context -> ErrorAnswers.problem(context).ifPresent(problem -> error(context, problem)));
    }

    /** Answers with a page that must not be cached. */
    void answer(RoutingContext context, int status, String template, Map<String, ?> model) {
        fill(context, template, model).onFailure(context::fail).onSuccess(page -> send(context, status, page));
    }

    /** Answers with a page that explains the error and offers the search. */
    void error(RoutingContext context, Problem problem) {
        Map<String, ?> model = Map.of("status", problem.status(), "detail", problem.detail());
        fill(context, "error", model)
                .onFailure(failure -> Answers.error(context.request(), problem.status(), problem.detail()))
                .onSuccess(page -> send(context, problem.status(), page));
    }

    /** Fills the template, and compresses the page if the client accepts gzip. */
    private Future<byte[]> fill(RoutingContext context, String template, Map<String, ?> model) {
        boolean gzip = AcceptEncoding.gzip(context.request());
        return cpu.executeBlocking(
                () -> {
                    byte[] page = templates.fill(template, model);
                    return gzip ? GzipCodec.fastest().gzip(page) : page;
                },
                false);
    }

    private static void send(RoutingContext context, int status, byte[] page) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        protect(response).setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Answers.RETRY_SECONDS);
        }
        response.putHeader(HttpHeaders.VARY, VARY);
        if (AcceptEncoding.gzip(context.request())) {
            Answers.gzip(context.request(), HTML, page);
        } else {
            Answers.body(context.request(), HTML, page);
        }
    }

    private static HttpServerResponse protect(HttpServerResponse response) {
        return response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
}
