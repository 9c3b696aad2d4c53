package io.alertstream.cache;

import java.util.Optional;

/**
 * How loaded values are cached.
 *
 * @param <V> the values
 */
@FunctionalInterface
public interface Keeping<V> {

    /** How many bytes of memory a cached value takes. */
    long bytes(V value);

    /**
     * What to cache of a loaded value. A part that serves only those who wait for the load is left out; empty if the value
     * must be loaded again.
     */
    default Optional<V> kept(V value) {
        return Optional.of(value);
    }
}
