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
     * The part of a loaded value to cache, without anything that only the load's waiters need; empty if the value must
     * be loaded again.
     */
    default Optional<V> kept(V value) {
        return Optional.of(value);
    }
}
