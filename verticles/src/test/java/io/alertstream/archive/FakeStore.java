package io.alertstream.archive;

import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStream;
import io.alertstream.storage.UnusableObjectException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An object store in a map, which records the requests it gets. */
public class FakeStore implements ObjectStore {

    public final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    public final Map<String, Map<String, String>> metadata = new ConcurrentHashMap<>();
    public final Map<String, String> types = new ConcurrentHashMap<>();
    public final List<String> requests = new CopyOnWriteArrayList<>();
    /** Names of objects that exist but can't be read. */
    public final Set<String> unusable = ConcurrentHashMap.newKeySet();

    public volatile boolean closed;

    @Override
    public Future<Creation> create(String name, byte[] content, String type, Map<String, String> meta) {
        requests.add("create " + name);
        if (unusable.contains(name) || objects.putIfAbsent(name, content) != null) {
            return Future.succeededFuture(Creation.EXISTS);
        }
        metadata.put(name, meta);
        types.put(name, type);
        return Future.succeededFuture(Creation.CREATED);
    }

    @Override
    public Future<Optional<byte[]>> read(String name) {
        requests.add("read " + name);
        if (unusable.contains(name)) {
            return Future.failedFuture(
                    new UnusableObjectException("fake store", name + " is a directory, expected a file"));
        }
        return Future.succeededFuture(Optional.ofNullable(objects.get(name)));
    }

    @Override
    public Future<Optional<byte[]>> read(String name, long from, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<ObjectStream>> stream(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<ObjectInfo>> info(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Optional<Integer>> checksum(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<ObjectPage> list(String prefix, String after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> check() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }
}
