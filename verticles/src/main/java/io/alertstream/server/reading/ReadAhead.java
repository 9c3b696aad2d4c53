package io.alertstream.server.reading;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Keeps a few reads under way and returns their results in order. Used on one event loop.
 *
 * @param <K> keys
 * @param <V> results
 */
public final class ReadAhead<K, V> {

    private final Iterator<K> keys;
    private final Function<K, Future<V>> read;
    private final int window;
    private final Queue<Future<V>> started = new ArrayDeque<>();

    public ReadAhead(List<K> keys, int window, Function<K, Future<V>> read) {
        this.keys = keys.iterator();
        this.window = window;
        this.read = read;
    }

    public boolean hasNext() {
        return !started.isEmpty() || keys.hasNext();
    }

    /** The next result; fails as its read does. */
    public Future<V> next() {
        while (started.size() < window && keys.hasNext()) {
            started.add(read.apply(keys.next()));
        }
        return started.remove();
    }
}
