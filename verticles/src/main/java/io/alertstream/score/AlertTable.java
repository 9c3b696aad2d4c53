package io.alertstream.score;

/**
 * What happened to each alert: open addressing with linear probing, 18 bytes per slot, at most three quarters full. For
 * one thread.
 */
final class AlertTable {

    private static final int MIN_SLOTS = 1024;

    /** While the table grows, the old one of half the size exists as well. */
    private static final int BYTES_PER_SLOT = 27;

    private static final byte MAX_COUNT = Byte.MAX_VALUE;

    private final int maxSize;
    private long[] ids = new long[MIN_SLOTS];
    private long[] times = new long[MIN_SLOTS];
    /** 0 for a free slot; otherwise one more than the number of times that the alert was published whole. */
    private byte[] published = new byte[MIN_SLOTS];

    private byte[] delivered = new byte[MIN_SLOTS];
    private int size;

    /** One alert's row. */
    @FunctionalInterface
    interface Visitor {
        void alert(long id, int timesPublished, int timesDelivered);
    }

    AlertTable(int maxSize) {
        this.maxSize = maxSize;
    }

    /** The number of alerts that fit into a number of bytes. */
    static int capacity(long bytes) {
        long slots = Long.highestOneBit(Math.max(MIN_SLOTS, Math.min(bytes / BYTES_PER_SLOT, 1L << 29)));
        return (int) (slots / 4 * 3);
    }

    /** Adds an alert that was announced but may never be published whole; false if there is no room for another one. */
    boolean announce(long id) {
        int slot = slot(id);
        if (published[slot] != 0) {
            return true;
        }
        if (size == maxSize) {
            return false;
        }
        ids[slot] = id;
        published[slot] = 1;
        size++;
        if (size > ids.length / 4 * 3) {
            grow();
        }
        return true;
    }

    /** Counts a publication of a whole alert and keeps the time of the first; false if there is no room. */
    boolean publish(long id, long millis) {
        if (!announce(id)) {
            return false;
        }
        int slot = slot(id);
        times[slot] = published[slot] == 1 ? millis : Math.min(times[slot], millis);
        published[slot] = (byte) Math.min(MAX_COUNT, published[slot] + 1);
        return true;
    }

    /**
     * Counts a delivery.
     *
     * @return number of deliveries including this one; 0 if there is no such alert
     */
    int deliver(long id) {
        int slot = slot(id);
        if (published[slot] == 0) {
            return 0;
        }
        delivered[slot] = (byte) Math.min(MAX_COUNT, delivered[slot] + 1);
        return delivered[slot];
    }

    /** Whether the alert was published or announced. */
    boolean knows(long id) {
        return published[slot(id)] != 0;
    }

    /** Number of times that the alert was published whole. */
    int timesPublished(long id) {
        return Math.max(0, published[slot(id)] - 1);
    }

    /** When the alert was first published; only for published alerts. */
    long publishedMillis(long id) {
        return times[slot(id)];
    }

    void forEach(Visitor visitor) {
        for (int slot = 0; slot < ids.length; slot++) {
            if (published[slot] != 0) {
                visitor.alert(ids[slot], published[slot] - 1, delivered[slot]);
            }
        }
    }

    /** The alert's slot, or a free one for it. */
    private int slot(long id) {
        int mask = ids.length - 1;
        // Ids of a visit differ in only a few bits, so spread them.
        long mixed = id * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (published[slot] != 0 && ids[slot] != id) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldIds = ids;
        long[] oldTimes = times;
        byte[] oldPublished = published;
        byte[] oldDelivered = delivered;
        int slots = 2 * oldIds.length;
        ids = new long[slots];
        times = new long[slots];
        published = new byte[slots];
        delivered = new byte[slots];
        for (int old = 0; old < oldIds.length; old++) {
            if (oldPublished[old] != 0) {
                int slot = slot(oldIds[old]);
                ids[slot] = oldIds[old];
                times[slot] = oldTimes[old];
                published[slot] = oldPublished[old];
                delivered[slot] = oldDelivered[old];
            }
        }
    }
}
