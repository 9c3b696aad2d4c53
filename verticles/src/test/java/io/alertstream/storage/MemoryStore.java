package io.alertstream.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory, without any checksums. */
class MemoryStore implements BlockingStore {

    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public ObjectStore.Creation create(String name, byte[] content, String type, Map<String, String> metadata) {
        return objects.putIfAbsent(name, content) == null ? ObjectStore.Creation.CREATED : ObjectStore.Creation.EXISTS;
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    @Override
    public Optional<byte[]> read(String name, long from, int length) {
        return read(name)
                .map(bytes -> Arrays.copyOfRange(
                        bytes, (int) Math.min(from, bytes.length), (int) Math.min(from + length, bytes.length)));
    }

    @Override
    public Optional<ObjectInfo> info(String name) {
        return read(name).map(bytes -> new ObjectInfo(name, bytes.length, OptionalInt.empty()));
    }

    @Override
    public ObjectPage list(String prefix, String after) {
        List<ObjectInfo> objects = this.objects.tailMap(after, false).entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(object -> new ObjectInfo(object.getKey(), object.getValue().length, OptionalInt.empty()))
                .toList();
        return new ObjectPage(objects, Optional.empty());
    }

    @Override
    public void check() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "memory store";
    }
}
