package io.alertstream.ingester;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map that keeps a limited number of entries for a limited time after they were written. Safe to use from any thread.
 */
final class ExpiringMap<K, V> {

    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
    private final Clock clock;
    private final int capacity;
    private final long maxAgeMillis;

    private record Entry<V>(V value, long madeAtMillis) {}

    ExpiringMap(Clock clock, int capacity, Duration maxAge) {
        this.clock = clock;
        this.capacity = capacity;
        this.maxAgeMillis = maxAge.toMillis();
    }

    synchronized Optional<V> get(K key) {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (clock.millis() - entry.madeAtMillis >= maxAgeMillis) {
            entries.remove(key);
            return Optional.empty();
        }
        return Optional.of(entry.value);
    }

    /** Adds an entry, and evicts the oldest one if there are too many. */
    synchronized void put(K key, V value) {
        // Removed first, so that it becomes the newest.
        entries.remove(key);
        entries.put(key, new Entry<>(value, clock.millis()));
        if (entries.size() > capacity) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
