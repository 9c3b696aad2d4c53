package io.alertstream.ops;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Whether the process has to be restarted. A check reports what has stopped permanently; temporary problems belong to
 * {@link Readiness}. Safe to use from any thread.
 */
public final class Liveness {

    private final Map<String, Supplier<Optional<String>>> watched = new ConcurrentSkipListMap<>();

    /**
     * Adds a check.
     *
     * @param name such as {@code ingester.polls}
     * @param trouble what has stopped, for operators; empty while it works. Must not block
     */
    public void watch(String name, Supplier<Optional<String>> trouble) {
        watched.put(name, trouble);
    }

    /** Removes a check. */
    public void release(String name) {
        watched.remove(name);
    }

    /** What has stopped; empty if nothing has. */
    public Optional<String> trouble() {
        return watched.values().stream().flatMap(check -> check.get().stream()).findFirst();
    }
}
