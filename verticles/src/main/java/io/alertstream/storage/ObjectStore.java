package io.alertstream.storage;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/**
 * Objects by name: each is created once, whole, and never changed. Names that {@link ObjectName} doesn't allow are
 * refused, and left out of lists.
 */
public interface ObjectStore {

    /** Alerts and schemas are under 1 MB; anything far larger comes from another program. */
    int MAX_OBJECT_BYTES = 64 << 20;

    /** The outcome of an attempt to create an object. */
    enum Creation {
        CREATED,
        /** An object of that name exists, and is unchanged. */
        EXISTS
    }

    /**
     * Creates an object unless one of that name exists. A partial object is never visible.
     *
     * @param name may contain slashes. A leading slash is part of the name in a bucket; files are below the root either
     *     way
     * @param metadata kept if the store supports it
     * @return succeeds when the object is durable, or already existed; fails with a {@link StoreException}
     */
    Future<Creation> create(String name, byte[] content, String contentType, Map<String, String> metadata);

    /**
     * Reads a whole object of at most {@link #MAX_OBJECT_BYTES}.
     *
     * @return its bytes as they were stored, empty if there is none; fails with a {@link StoreException}, or with an
     *     {@link UnusableObjectException} if what is under that name can't be an object
     */
    Future<Optional<byte[]>> read(String name);

    /**
     * Reads part of an object of any size. No store has checksums of parts: callers that need one must keep it
     * themselves.
     *
     * @param length at most {@link #MAX_OBJECT_BYTES}
     * @return these bytes, fewer if the object ends earlier, none if it ends before {@code from}; empty if there is no
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
     * What the store knows about an object: its size, and its checksum if the store keeps one; file stores don't.
     *
     * @return empty if there is no such object; fails as {@link #read(String)}
     */
    Future<Optional<ObjectInfo>> info(String name);

    /**
     * The CRC-32C of an object's bytes: the store's own, or calculated by reading the object if the store has none.
     *
     * @return empty if there is no such object; fails as {@link #read(String)}
     */
    Future<Optional<Integer>> checksum(String name);

    /**
     * Lists objects a page at a time, ordered by the UTF-8 bytes of their names. An object is listed as soon as it is
     * created. Google Cloud Storage includes checksums in lists; use {@link #checksum} for one that isn't included.
     *
     * @param prefix how their names begin, which may end at any character; one with a leading slash lists names with a
     *     leading slash
     * @param after lists only names after this text, which need not be a name; empty for the first page
     * @return fails with a {@link StoreException}
     */
    Future<ObjectPage> list(String prefix, String after);

    /**
     * Checks that the store can be used and protects objects as configured. Takes as long as the store does, and the
     * first request of a process takes a second or more: for startup, where no client is waiting.
     *
     * @return fails with a {@link StoreException} that says what is wrong
     */
    default Future<Void> verify() {
        return check();
    }

    /**
     * Checks that the store can be used right now. Answers within a limited time, whatever the store's load.
     *
     * @return fails with a {@link StoreException} that says what is wrong
     */
    Future<Void> check();

    Future<Void> close();
}
