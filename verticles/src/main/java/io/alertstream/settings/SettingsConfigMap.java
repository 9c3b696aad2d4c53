package io.alertstream.settings;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the ConfigMap that {@code CONFIG_MAP} names, with the pod's service account. Vert.x' store turns what looks
 * like a number into one, so a value loses the zeros behind its decimal point; no setting's meaning hangs on them.
 */
final class SettingsConfigMap {

    private final Vertx vertx;
    private final String name;
    private final JsonObject store;

    /**
     * @param name {@code namespace/name}
     * @param api further options of Vert.x' store, such as another API server's host and port
     */
    SettingsConfigMap(Vertx vertx, String name, JsonObject api) {
        this.vertx = vertx;
        this.name = name;
        int slash = name.indexOf('/');
        this.store = api.copy()
                .put("namespace", name.substring(0, slash))
                .put("name", name.substring(slash + 1))
                .put("optional", false);
    }

    /**
     * Reads it once.
     *
     * @return settings by name; fails if the ConfigMap isn't there or can't be read
     */
    Future<Map<String, String>> read() {
        // A retriever of its own each time: the store keeps the service account's token for ever, and Kubernetes
        // replaces that every hour.
        ConfigRetriever retriever = ConfigRetriever.create(
                vertx,
                new ConfigRetrieverOptions()
                        .setScanPeriod(-1)
                        .addStore(new ConfigStoreOptions().setType("configmap").setConfig(store)));
        return retriever
                .getConfig()
                .map(SettingsConfigMap::texts)
                .eventually(retriever::close)
                .recover(e -> Future.failedFuture(
                        new IllegalStateException("ConfigMap " + name + " can't be read: " + e.getMessage(), e)));
    }

    private static Map<String, String> texts(JsonObject json) {
        Map<String, String> values = new HashMap<>();
        json.forEach(entry -> values.put(entry.getKey(), String.valueOf(entry.getValue())));
        return values;
    }
}
