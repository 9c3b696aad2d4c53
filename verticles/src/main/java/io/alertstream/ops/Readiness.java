package io.alertstream.ops;

import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Whether the process can do its work right now. Each role adds a check for each of its dependencies. Safe to use
 * from any thread.
 */
public final class Readiness {

    private final Map<String, Supplier<Future<Void>>> checks = new ConcurrentSkipListMap<>();

    /**
     * Adds a check.
     *
     * @param name of the dependency, such as {@code ingester.store}
     * @param check succeeds if it is available; the message of a failure is shown to operators
     */
    public void require(String name, Supplier<Future<Void>> check) {
        checks.put(name, check);
    }

    /** Removes a check when its role has ended. */
    public void release(String name) {
        checks.remove(name);
    }

    /** The current checks, by name. */
    Map<String, Supplier<Future<Void>>> checks() {
        return Map.copyOf(checks);
    }
}
