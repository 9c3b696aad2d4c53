package io.alertstream.kafka;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts unacknowledged bytes. Full from the limit on until half of it is acknowledged, so that a waiting sender can
 * send a batch rather than a single message. Safe to use from any thread.
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

    /** Runs the action when there is room: at once, or on the thread that makes room. */
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
