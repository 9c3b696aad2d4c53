package io.alertstream.ops;

import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Whether the process can do its work right now: every role adds a check for each thing it needs. Safe to use from any
 * thread.
 */
public final class Readiness {

    private final Map<String, Supplier<Future<Void>>> checks = new ConcurrentSkipListMap<>();

    /**
     * Adds a check.
     *
     * @param name what is needed, such as {@code ingester.store}
     * @param check succeeds if it is there; its failure's message is shown to operators
     */
    public void require(String name, Supplier<Future<Void>> check) {
        checks.put(name, check);
    }

    /** Takes a check away: whoever needed it has ended. */
    public void release(String name) {
        checks.remove(name);
    }

    /** The checks by name, as they are now. */
    Map<String, Supplier<Future<Void>>> checks() {
        return Map.copyOf(checks);
    }
}
