package io.alertstream.score;

import io.alertstream.archive.PacketDigest;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Broken messages that were announced and haven't been seen yet. Several may have the same bytes, as empty ones do, and
 * only their times say which is which: a message is published when it is due or later, but before the next visit
 * begins. So each message takes the last announcement that was due by then. For one thread.
 */
final class BrokenFaults {

    /** Clocks aren't exact. */
    private static final long TOLERANCE_MILLIS = 1000;

    /** @param number in the journal's order */
    private record Key(PacketDigest digest, long dueMillis, long number) {

        private static final Comparator<Key> ORDER = Comparator.comparingLong((Key key) -> key.digest.high())
                .thenComparingLong(key -> key.digest.low())
                .thenComparingLong(Key::dueMillis)
                .thenComparingLong(Key::number);
    }

    private final NavigableMap<Key, AlertFault> waiting = new TreeMap<>(Key.ORDER);
    private long added;

    void add(PacketDigest digest, AlertFault fault) {
        waiting.put(new Key(digest, fault.dueMillis(), added++), fault);
    }

    /** The fault that a message with these bytes and this time has; each announcement holds for one message. */
    Optional<AlertFault> take(PacketDigest digest, long millis) {
        Map.Entry<Key, AlertFault> last =
                waiting.floorEntry(new Key(digest, millis + TOLERANCE_MILLIS, Long.MAX_VALUE));
        return Optional.ofNullable(last)
                .map(Map.Entry::getKey)
                .filter(key -> key.digest().equals(digest))
                .map(waiting::remove);
    }
}
