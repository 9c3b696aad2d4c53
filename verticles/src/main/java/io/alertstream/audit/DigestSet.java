package io.alertstream.audit;

import io.alertstream.archive.PacketDigest;

/**
 * A compact set of digests: open addressing with linear probing, 16 bytes a slot, at most three quarters full. A digest is
 * already random, so its lowest bits choose the slot.
 */
final class DigestSet {

    private static final int MIN_SLOTS = 1024;

    /** While the set grows, the old table of half the size exists as well: 16 + 8 bytes for each slot of the new one. */
    private static final int BYTES_PER_SLOT = 24;

    /** Marks a free slot, so it can't be added. No packet is known to have this digest; finding one takes 2^128 attempts. */
    private static final PacketDigest FREE = new PacketDigest(0, 0);

    private final int maxSize;
    private long[] slots = new long[2 * MIN_SLOTS];
    private int size;

    /**
     * @param maxSize at least 1
     */
    DigestSet(int maxSize) {
        this.maxSize = maxSize;
    }

    /** The number of digests that fit into a number of bytes, including the copy made while the set grows. */
    static int capacity(long bytes) {
        long slots = Long.highestOneBit(Math.max(MIN_SLOTS, Math.min(bytes / BYTES_PER_SLOT, 1L << 29)));
        return (int) (slots / 4 * 3);
    }

    /** Adds a digest; false if there is no room for another one. */
    boolean add(PacketDigest digest) {
        int slot = slot(digest);
        if (!isFree(slot) || digest.equals(FREE)) {
            return true;
        }
        if (size == maxSize) {
            return false;
        }
        put(slot, digest.high(), digest.low());
        size++;
        if (size > slots.length / 2 / 4 * 3) {
            grow();
        }
        return true;
    }

    boolean contains(PacketDigest digest) {
        return !isFree(slot(digest));
    }

    /** Where the digest is, or where there is room for it. */
    private int slot(PacketDigest digest) {
        int slots = this.slots.length / 2;
        int slot = (int) digest.low() & (slots - 1);
        while (!isFree(slot) && (this.slots[2 * slot] != digest.high() || this.slots[2 * slot + 1] != digest.low())) {
            slot = (slot + 1) & (slots - 1);
        }
        return slot;
    }

    private boolean isFree(int slot) {
        return slots[2 * slot] == 0 && slots[2 * slot + 1] == 0;
    }

    private void put(int slot, long high, long low) {
        slots[2 * slot] = high;
        slots[2 * slot + 1] = low;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (int i = 0; i < before.length; i += 2) {
            if (before[i] != 0 || before[i + 1] != 0) {
                put(slot(new PacketDigest(before[i], before[i + 1])), before[i], before[i + 1]);
            }
        }
    }
}
