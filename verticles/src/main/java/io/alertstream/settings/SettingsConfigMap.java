package io.alertstream.settings;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a ConfigMap of settings, with the pod's service account. Vert.x's store converts values
 * that look like numbers, which drops trailing zeros after the decimal point; no setting depends on them.
 */
final class SettingsConfigMap {

    /** Longer than a busy API server takes. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * How long one retriever serves. Its store reads the service account's token once, and Kubernetes replaces the token
     * well before it expires after an hour.
     */
    static final Duration TOKEN_AGE = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final String name;
    private final JsonObject store;
    private final Duration limit;
    private final Clock clock;
    private Optional<Retriever> current = Optional.empty();

    /** Vert.x's reader of the store, which owns its connections to the API server. */
    private record Retriever(ConfigRetriever of, Instant since) {}

    /**
     * Uses the default limits.
     *
     * @param name {@code namespace/name}
     * @param mayBeAbsent whether one that doesn't exist is read as an empty one
     * @param api more options of Vert.x's store, such as the API server's host and port
     */
    SettingsConfigMap(Vertx vertx, String name, boolean mayBeAbsent, JsonObject api) {
        this(vertx, name, mayBeAbsent, api, LIMIT, Clock.systemUTC());
    }

    /** @param limit how long to wait for an answer */
    SettingsConfigMap(Vertx vertx, String name, boolean mayBeAbsent, JsonObject api, Duration limit, Clock clock) {
        this.vertx = vertx;
        this.name = name;
        this.limit = limit;
        this.clock = clock;
        int slash = name.indexOf('/');
        this.store = api.copy()
                .put("namespace", name.substring(0, slash))
                .put("name", name.substring(slash + 1))
                .put("optional", mayBeAbsent);
    }

    /**
     * Reads the ConfigMap once. Call it again only after the Future has completed.
     *
     * @return settings by name; fails if the ConfigMap doesn't exist though it must, or can't be read in time
     */
    Future<Map<String, String>> read() {
        return retriever()
                .of()
                .getConfig()
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .map(SettingsConfigMap::texts)
                .recover(e -> discard()
                        .transform(closed -> Future.failedFuture(
                                new IllegalStateException("ConfigMap " + name + " can't be read: " + reason(e), e))));
    }

    private Retriever retriever() {
        Instant now = clock.instant();
        if (current.filter(it -> now.isBefore(it.since().plus(TOKEN_AGE))).isEmpty()) {
            discard();
            ConfigRetrieverOptions options = new ConfigRetrieverOptions()
                    .setScanPeriod(-1)
                    .addStore(new ConfigStoreOptions().setType("configmap").setConfig(store));
            current = Optional.of(new Retriever(ConfigRetriever.create(vertx, options), now));
        }
        return current.orElseThrow();
    }

    /** Closes the connections, including one whose request was never answered. The next read uses a fresh token. */
    private Future<Void> discard() {
        Optional<Retriever> former = current;
        current = Optional.empty();
        return former.map(it -> it.of().close()).orElseGet(Future::succeededFuture);
    }

    private String reason(Throwable e) {
        return e instanceof TimeoutException
                ? "the Kubernetes API didn't answer within " + limit.toSeconds() + " s"
                : e.getMessage();
    }

    private static Map<String, String> texts(JsonObject json) {
        Map<String, String> values = new HashMap<>();
        json.forEach(entry -> values.put(entry.getKey(), String.valueOf(entry.getValue())));
        return values;
    }
}
