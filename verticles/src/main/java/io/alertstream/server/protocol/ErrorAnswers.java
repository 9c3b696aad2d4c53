package io.alertstream.server.protocol;

import io.alertstream.archive.DamagedObjectException;
import io.alertstream.http.SyntaxGate.Refusal;
import io.alertstream.server.limits.OverloadedException;
import io.alertstream.storage.StoreException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as clients see them: what they can do about it, without internal details. */
public final class ErrorAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    /** A status and an explanation for people. */
    public record Problem(int status, String detail) {}

    /** For requests with malformed HTTP. */
    public static final Refusal REFUSAL = new Refusal() {
        @Override
        public String mediaType() {
            return "application/json";
        }

        @Override
        public String body(int status, String detail) {
            return Answers.detail(detail).encode();
        }
    };

    private ErrorAnswers() {}

    public static void addTo(Router router) {
        router.errorHandler(400, context -> Answers.error(context.request(), 400, "malformed request"));
        router.errorHandler(
                404, context -> Answers.error(context.request(), 404, "no such resource: see /openapi.yaml"));
        router.errorHandler(500, ErrorAnswers::failed);
    }

    private static void failed(RoutingContext context) {
        problem(context).ifPresent(problem -> Answers.error(context.request(), problem.status(), problem.detail()));
    }

    /** What to tell the client about the context's failure; empty if it is too late. */
    public static Optional<Problem> problem(RoutingContext context) {
        Throwable failure = context.failure();
        if (context.response().closed()) {
            return Optional.empty();
        }
        if (context.response().headWritten()) {
            context.request().connection().close();
            return Optional.empty();
        }
        if (context.statusCode() == 400) {
            return Optional.of(new Problem(400, "malformed request"));
        }
        if (failure instanceof OverloadedException) {
            return Optional.of(new Problem(503, "the server is busy, try again"));
        }
        if (failure instanceof ClientErrorException none) {
            return Optional.of(new Problem(none.status(), none.getMessage()));
        }
        if (failure instanceof StoreException || failure instanceof TimeoutException) {
            // Outage has already logged it once.
            return Optional.of(new Problem(503, "the archive can't be reached, try again"));
        }
        if (failure instanceof DamagedObjectException damaged) {
            LOG.atWarn()
                    .addKeyValue("role", "server")
                    .addKeyValue("path", context.request().path())
                    .log(
                            "stored object damaged, answered with 503, read again at the next request: {}",
                            damaged.getMessage());
            return Optional.of(new Problem(
                    503,
                    "the stored object is damaged: " + damaged.getMessage()
                            + "; the next request reads it from the store again"));
        }
        LOG.atError()
                .addKeyValue("role", "server")
                .addKeyValue("path", context.request().path())
                .setCause(failure)
                .log("request failed, answered with 500");
        return Optional.of(new Problem(500, "internal error"));
    }
}
