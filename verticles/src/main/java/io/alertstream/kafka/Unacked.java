package io.alertstream.kafka;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the bytes that were sent and not acknowledged. From the limit on it is full, until half of it was acknowledged:
 * whoever waits then has room for a batch, not for a single message. Safe on any thread.
 */
final class Unacked {

    private final long maxBytes;
    private long bytes;
    private boolean full;
    private List<Runnable> waiting = new ArrayList<>();

    Unacked(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void add(long more) {
        bytes += more;
        full = full || bytes >= maxBytes;
    }

    void remove(long fewer) {
        List<Runnable> woken = List.of();
        synchronized (this) {
            bytes -= fewer;
            if (full && bytes <= maxBytes / 2) {
                full = false;
                woken = waiting;
                waiting = new ArrayList<>();
            }
        }
        woken.forEach(Runnable::run);
    }

    synchronized boolean full() {
        return full;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Runs it once there is room: at once, or on the thread that makes room. */
    void whenNotFull(Runnable action) {
        synchronized (this) {
            if (full) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }
}
