package io.alertstream.local.registry;

import static io.alertstream.local.registry.Exchange.giving;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.stream.Stream;

/** {@code /schemas}: schemas by id, and all of them. */
final class RegistrySchemaRoutes {

    private static final String BY_ID = "/schemas/ids/:id";

    private final RegistryState state;

    RegistrySchemaRoutes(RegistryState state) {
        this.state = state;
    }

    void addTo(Router router) {
        RegistryRouter.get(router, "/schemas").handler(giving(this::all));
        RegistryRouter.get(router, "/schemas/types").handler(giving(exchange -> List.of("AVRO")));
        RegistryRouter.get(router, BY_ID).handler(giving(this::byId));
        RegistryRouter.get(router, BY_ID + "/schema")
                .handler(giving(exchange -> Buffer.buffer(find(exchange).document())));
        RegistryRouter.get(router, BY_ID + "/subjects")
                .handler(giving(exchange -> exchange.page(
                        places(exchange).map(StoredSchema::subject).distinct())));
        RegistryRouter.get(router, BY_ID + "/versions")
                .handler(giving(exchange ->
                        exchange.page(places(exchange).map(schema -> RegistryRouter.json("subject", schema.subject())
                                .put("version", schema.version())))));
    }

    private List<JsonObject> all(Exchange exchange) {
        String prefix = exchange.parameter("subjectPrefix", "");
        boolean deleted = exchange.flag("deleted");
        boolean latestOnly = exchange.flag("latestOnly");
        Stream<StoredSchema> schemas = state.schemas()
                .filter(schema -> schema.subject().startsWith(prefix))
                .filter(schema -> deleted || !schema.deleted())
                .filter(schema -> !latestOnly || isLatest(schema, deleted));
        return exchange.page(schemas.map(StoredSchema::toJson));
    }

    private boolean isLatest(StoredSchema schema, boolean deleted) {
        return deleted
                ? state.versions(schema.subject()).lastKey() == schema.version()
                : state.live(schema.subject()).get(0).version() == schema.version();
    }

    private JsonObject byId(Exchange exchange) {
        JsonObject answer = find(exchange).toSchemaJson();
        return exchange.flag("fetchMaxId") ? answer.put("maxId", state.maxId()) : answer;
    }

    private StoredSchema find(Exchange exchange) {
        int id = exchange.id();
        return state.byId(id).orElseThrow(() -> ApiError.schemaNotFound(id));
    }

    private Stream<StoredSchema> places(Exchange exchange) {
        boolean deleted = exchange.flag("deleted");
        find(exchange);
        return state.places(exchange.id()).stream()
                .flatMap(place -> state.at(place).stream())
                .filter(schema -> deleted || !schema.deleted());
    }
}
