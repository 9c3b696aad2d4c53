package io.alertstream.server.routes;

import io.alertstream.server.protocol.Answers;
import io.alertstream.server.protocol.ClientErrorException;
import io.alertstream.server.protocol.Endpoint;
import io.alertstream.server.reading.ArchiveReader;
import io.alertstream.server.reading.Decoding;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;

/** An alert's schema, with the descriptions that registries leave out. */
final class AlertSchemaRoutes implements RouteGroup {

    private final ArchiveReader archive;
    private final Decoding decoding;

    AlertSchemaRoutes(ArchiveReader archive, Decoding decoding) {
        this.archive = archive;
        this.decoding = decoding;
    }

    @Override
    public void addTo(Router router) {
        Endpoint.add(router, "/v1/alerts/:id/schema", this::schema);
    }

    private void schema(RoutingContext context) {
        OptionalLong id = IdSyntax.alert(context.pathParam("id"));
        if (id.isEmpty()) {
            Answers.error(context.request(), 400, "expected an alert's id: " + IdSyntax.ALERT);
            return;
        }
        archive.alert(id.getAsLong())
                .compose(found -> found.map(decoding::schemaOf)
                        .orElseThrow(() -> new ClientErrorException(404, "alert not found")))
                .onFailure(context::fail)
                .onSuccess(schema -> {
                    context.response()
                            .putHeader(HttpHeaders.CACHE_CONTROL, AlertFormat.AVRO.cacheControl())
                            .putHeader(
                                    Answers.CONTENT_DISPOSITION,
                                    SchemaDocumentRoutes.disposition(id.getAsLong() + "-schema"));
                    schema.sendTo(context.request(), SchemaDocumentRoutes.TYPE);
                });
    }
}
