package io.alertstream.archive;

import io.alertstream.storage.ObjectStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects in a map, and what was asked of it. */
class FakeStore implements ObjectStore {

    final Map<String, byte[]> objects = new HashMap<>();
    final Map<String, Map<String, String>> metadata = new HashMap<>();
    final Map<String, String> types = new HashMap<>();
    final List<String> requests = new ArrayList<>();
    boolean closed;

    @Override
    public Future<Creation> create(String name, byte[] content, String type, Map<String, String> meta) {
        requests.add("create " + name);
        if (objects.putIfAbsent(name, content) != null) {
            return Future.succeededFuture(Creation.EXISTS);
        }
        metadata.put(name, meta);
        types.put(name, type);
        return Future.succeededFuture(Creation.CREATED);
    }

    @Override
    public Future<Optional<byte[]>> read(String name) {
        requests.add("read " + name);
        return Future.succeededFuture(Optional.ofNullable(objects.get(name)));
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
