package io.alertstream.storage;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/**
 * Objects by name: each is created once, whole, and never changed. What {@link ObjectName} doesn't allow is no name: it is
 * refused, and left out of lists.
 */
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
     * @param name with slashes. A slash in front is part of the name in a bucket; files are below the root either way
     * @param metadata kept where the store can keep it
     * @return succeeds when the object is durable, or there was one already; fails with a {@link StoreException}
     */
    Future<Creation> create(String name, byte[] content, String contentType, Map<String, String> metadata);

    /**
     * Reads a whole object of at most {@link #MAX_OBJECT_BYTES}.
     *
     * @return its bytes as they were given, empty if there is none; fails with a {@link StoreException}, or with an
     *     {@link UnusableObjectException} if what is under that name can't be one
     */
    Future<Optional<byte[]>> read(String name);

    /**
     * Reads part of an object of any size. No store has a checksum of a part: whoever needs one keeps it with the part.
     *
     * @param length at most {@link #MAX_OBJECT_BYTES}
     * @return these bytes, fewer where the object ends before, none where it ends before {@code from}; empty if there is no
     *     such object; fails as {@link #read(String)}
     */
    Future<Optional<byte[]>> read(String name, long from, int length);

    /**
     * Opens an object of any size for reading piece by piece.
     *
     * @return empty if there is no such object; fails as {@link #read(String)}
     */
    Future<Optional<ObjectStream>> stream(String name);

    /**
     * What the store knows of an object: its size, and its checksum unless the store keeps none, as files do.
     *
     * @return empty if there is no such object; fails as {@link #read(String)}
     */
    Future<Optional<ObjectInfo>> info(String name);

    /**
     * The CRC-32C of an object's bytes: the store's own, or calculated by reading the object where the store has none.
     *
     * @return empty if there is no such object; fails as {@link #read(String)}
     */
    Future<Optional<Integer>> checksum(String name);

    /**
     * Lists objects in the order of their names' UTF-8 bytes, a page at a time. An object is in the list as soon as it is
     * created. Google Cloud Storage shows checksums in lists; ask {@link #checksum} for one that isn't shown.
     *
     * @param prefix how their names begin, up to any letter; one with a slash in front lists names with a slash in front
     * @param after lists only what comes after this text, which need not be a name; empty for the first page
     * @return fails with a {@link StoreException}
     */
    Future<ObjectPage> list(String prefix, String after);

    /**
     * Whether the store can be used, and keeps objects as it is configured. Takes as long as the store does, a process' first
     * request a second or more: for the start, where nobody waits.
     *
     * @return fails with a {@link StoreException} that says what is wrong
     */
    default Future<Void> verify() {
        return check();
    }

    /**
     * Whether the store can be used right now. Answers in a limited time, whatever else is asked of the store.
     *
     * @return fails with a {@link StoreException} that says what is wrong
     */
    Future<Void> check();

    Future<Void> close();
}
