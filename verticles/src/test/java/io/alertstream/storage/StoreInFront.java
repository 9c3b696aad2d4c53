package io.alertstream.storage;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** A store that delegates to another; tests override what differs. */
public abstract class StoreInFront implements ObjectStore {

    protected final ObjectStore store;

    protected StoreInFront(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Future<Creation> create(String name, byte[] content, String contentType, Map<String, String> metadata) {
        return store.create(name, content, contentType, metadata);
    }

    @Override
    public Future<Optional<byte[]>> read(String name) {
        return store.read(name);
    }

    @Override
    public Future<Optional<byte[]>> read(String name, long from, int length) {
        return store.read(name, from, length);
    }

    @Override
    public Future<Optional<ObjectStream>> stream(String name) {
        return store.stream(name);
    }

    @Override
    public Future<Optional<ObjectInfo>> info(String name) {
        return store.info(name);
    }

    @Override
    public Future<Optional<Integer>> checksum(String name) {
        return store.checksum(name);
    }

    @Override
    public Future<ObjectPage> list(String prefix, String after) {
        return store.list(prefix, after);
    }

    @Override
    public Future<Void> verify() {
        return store.verify();
    }

    @Override
    public Future<Void> check() {
        return store.check();
    }

    @Override
    public Future<Void> close() {
        return store.close();
    }
}
