package io.alertstream.storage;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Objects by name: each is created once, whole, and never changed. */
public interface ObjectStore {

    /** An alert is under 1 MB, a schema as well; whatever is far larger was put there by someone else. */
    int MAX_OBJECT_BYTES = 64 << 20;

    /** What became of an attempt to create an object. */
    enum Creation {
        CREATED,
        /** There is one of that name; it stays as it is. */
        EXISTS
    }

    /**
     * Creates an object unless there is one of that name. Nobody ever sees part of it.
     *
     * @param name with slashes; relative to the store's root, whether or not it begins with one
     * @param metadata kept where the store can keep it
     * @return succeeds when the object is durable, or there was one already; fails with a {@link StoreException}
     */
    Future<Creation> create(String name, byte[] content, String contentType, Map<String, String> metadata);

    /**
     * Reads a whole object.
     *
     * @return its bytes as they were given, empty if there is none; fails with a {@link StoreException}, or with an
     *     {@link UnusableObjectException} if what is under that name can't be one
     */
    Future<Optional<byte[]>> read(String name);

    /**
     * Whether the store can be used right now. Answers in a limited time, whatever else is asked of the store.
     *
     * @return fails with a {@link StoreException} that says what is wrong
     */
    Future<Void> check();

    Future<Void> close();
}
