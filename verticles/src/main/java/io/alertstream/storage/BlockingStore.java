package io.alertstream.storage;

import java.util.Map;
import java.util.Optional;

/**
 * A store's operations, on the calling thread: {@link PooledStore} makes an {@link ObjectStore} of it and validates
 * names first. Thread-safe. Every failure is a {@link StoreException}, or an {@link UnusableObjectException} where an
 * object is read. {@code toString} says which store it is.
 */
public interface BlockingStore extends AutoCloseable {

    ObjectStore.Creation create(String name, byte[] content, String contentType, Map<String, String> metadata);

    Optional<byte[]> read(String name);

    Optional<byte[]> read(String name, long from, int length);

    Optional<ObjectInfo> info(String name);

    /** Lists objects; the result may include invalid names. */
    ObjectPage list(String prefix, String after);

    void check();

    @Override
    void close();
}
