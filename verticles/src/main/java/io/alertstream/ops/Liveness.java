package io.alertstream.ops;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Whether the process still moves. What is watched here has stopped for good when it says so, and only a new process
 * helps; what may pass belongs to {@link Readiness}. Safe to use from any thread.
 */
public final class Liveness {

    private final Map<String, Supplier<Optional<String>>> watched = new ConcurrentSkipListMap<>();

    /**
     * Watches something.
     *
     * @param name such as {@code ingester.polls}
     * @param trouble what has stopped, for operators; empty while it moves. It answers at once
     */
    public void watch(String name, Supplier<Optional<String>> trouble) {
        watched.put(name, trouble);
    }

    /** Watches it no more. */
    public void release(String name) {
        watched.remove(name);
    }

    /** What has stopped; empty while all moves. */
    public Optional<String> trouble() {
        return watched.values().stream().flatMap(check -> check.get().stream()).findFirst();
    }
}
