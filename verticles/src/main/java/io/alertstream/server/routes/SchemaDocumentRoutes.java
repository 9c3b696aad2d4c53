package io.alertstream.server.routes;

import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.reading.ArchiveReader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;

/** Schema documents by id, as the registry holds them. */
final class SchemaDocumentRoutes implements RouteGroup {

    static final CharSequence TYPE = HttpHeaders.createOptimized("application/vnd.schemaregistry.v1+json");

    private final ArchiveReader archive;

    SchemaDocumentRoutes(ArchiveReader archive) {
        this.archive = archive;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/v1/schemas/:id", this::schema);
    }

    /** The {@code Content-Disposition} of a schema. */
    static String disposition(String name) {
        return "inline; filename=" + name + ".avsc";
    }

    private void schema(RoutingContext context) {
        OptionalLong id = IdSyntax.schema(context.pathParam("id"));
        if (id.isEmpty()) {
            Answers.error(context.request(), 400, "expected a schema's id: " + IdSyntax.SCHEMA);
            return;
        }
        archive.schema(Math.toIntExact(id.getAsLong()))
                .onFailure(context::fail)
                .onSuccess(found -> found.ifPresentOrElse(
                        schema -> {
                            context.response()
                                    .putHeader(HttpHeaders.CACHE_CONTROL, Answers.IMMUTABLE)
                                    .putHeader(Answers.CONTENT_DISPOSITION, disposition(Long.toString(id.getAsLong())));
                            schema.sendTo(context.request(), TYPE);
                        },
                        () -> Answers.error(context.request(), 404, "schema not found")));
    }
}
