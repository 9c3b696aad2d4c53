package io.alertstream.storage;

import java.util.Map;
import java.util.Optional;

/**
 * What a kind of store does, on the thread that asks: {@link PooledStore} makes an {@link ObjectStore} of it. Safe to
 * use from many threads. Every failure is a {@link StoreException}, but for the {@link UnusableObjectException} of a
 * read, and {@code toString} says which store it is.
 */
public interface BlockingStore extends AutoCloseable {

    ObjectStore.Creation create(String name, byte[] content, String contentType, Map<String, String> metadata);

    Optional<byte[]> read(String name);

    void check();

    @Override
    void close();
}
