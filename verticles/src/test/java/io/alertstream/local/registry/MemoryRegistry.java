package io.alertstream.local.registry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;

/** The embedded registry over a topic in memory, for unit tests of its clients. */
public final class MemoryRegistry {

    private final EmbeddedRegistry registry;

    private MemoryRegistry(EmbeddedRegistry registry) {
        this.registry = registry;
    }

    public static Future<MemoryRegistry> start(Vertx vertx) {
        MemoryTopic topic = new MemoryTopic();
        EmbeddedRegistry registry =
                new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.empty()), topic, topic, topic);
        return vertx.deployVerticle(registry).map(new MemoryRegistry(registry));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + registry.port());
    }
}
