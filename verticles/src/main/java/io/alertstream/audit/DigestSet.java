package io.alertstream.audit;

import io.alertstream.archive.PacketDigest;

/**
 * A set of digests without an object for each: 16 bytes a slot, at most three quarters of the slots taken. Digests are
 * random already, so their lowest bits choose the slot, and the next free one takes what finds it taken.
 */
final class DigestSet {

    private static final int MIN_SLOTS = 1024;

    /** Twice the memory is taken while a full table is copied into one of twice the size, so 24 bytes a slot. */
    private static final int BYTES_PER_SLOT = 24;

    /** Marks a free slot, and can't be added: no packet with this digest is known, and finding one takes 2^128 attempts. */
    private static final PacketDigest FREE = new PacketDigest(0, 0);

    private final int maxSize;
    private long[] slots = new long[2 * MIN_SLOTS];
    private int size;

    /**
     * @param maxSize digests that it takes; at least 1
     */
    DigestSet(int maxSize) {
        this.maxSize = maxSize;
    }

    /** How many digests fit into so many bytes, also while the set grows. */
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
