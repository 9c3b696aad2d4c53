package io.alertstream.local.registry;

import static io.alertstream.local.registry.Exchange.answering;
import static io.alertstream.local.registry.Exchange.giving;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.stream.Stream;

/** {@code /subjects}: the subjects and their versions. */
final class SubjectRoutes {

    private static final String VERSIONS = "/subjects/:subject/versions";
    private static final String VERSION = VERSIONS + "/:version";

    private final RegistryState state;
    private final Registrations registrations;
    private final Deletions deletions;

    SubjectRoutes(RegistryState state, Registrations registrations, Deletions deletions) {
        this.state = state;
        this.registrations = registrations;
        this.deletions = deletions;
    }

    void addTo(Router router) {
        RegistryRouter.get(router, "/subjects").handler(giving(this::subjects));
        RegistryRouter.get(router, VERSIONS).handler(giving(this::versions));
        RegistryRouter.get(router, VERSION)
                .handler(giving(exchange -> find(exchange).toJson()));
        RegistryRouter.get(router, VERSION + "/schema")
                .handler(giving(exchange -> Buffer.buffer(find(exchange).document())));
        RegistryRouter.get(router, VERSION + "/referencedby").handler(giving(exchange -> {
            find(exchange);
            return List.of();
        }));
        router.post("/subjects/:subject").handler(answering(exchange -> registrations
                .lookUp(exchange.subject(), exchange.newSchema(), exchange.flag("deleted"))
                .map(StoredSchema::toJson)));
        router.post(VERSIONS).handler(answering(exchange -> registrations
                .register(exchange.subject(), exchange.newSchema())
                .map(registered -> RegistryRouter.json("id", registered.id()))));
        router.delete("/subjects/:subject")
                .handler(answering(exchange -> deletions.subject(exchange.subject(), exchange.flag("permanent"))));
        router.delete(VERSION)
                .handler(answering(exchange ->
                        deletions.version(exchange.subject(), exchange.version(), exchange.flag("permanent"))));
    }

    private List<String> subjects(Exchange exchange) {
        String prefix = exchange.parameter("subjectPrefix", "");
        // The wildcard for all contexts, of which there is one here.
        String start = prefix.startsWith(":*:") ? prefix.substring(":*:".length()) : prefix;
        return exchange.page(state.subjects().stream()
                .filter(subject -> subject.startsWith(start))
                .filter(subject -> asked(exchange, state.versions(subject).values().stream())
                        .findAny()
                        .isPresent()));
    }

    private List<Integer> versions(Exchange exchange) {
        List<StoredSchema> found = asked(exchange, state.versions(exchange.subject()).values().stream())
                .toList();
        if (found.isEmpty()) {
            throw ApiError.subjectNotFound(exchange.subject());
        }
        return exchange.page(found.stream().map(StoredSchema::version));
    }

    /** Live subjects, all subjects, or deleted ones. */
    private static Stream<StoredSchema> asked(Exchange exchange, Stream<StoredSchema> schemas) {
        if (exchange.flag("deletedOnly")) {
            return schemas.filter(StoredSchema::deleted);
        }
        return exchange.flag("deleted") ? schemas : schemas.filter(schema -> !schema.deleted());
    }

    private StoredSchema find(Exchange exchange) {
        return exchange.version().find(state, exchange.subject(), exchange.flag("deleted"));
    }
}
