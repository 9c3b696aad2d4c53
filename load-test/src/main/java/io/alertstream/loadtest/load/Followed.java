package io.alertstream.loadtest.load;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;

/** An alert in flight: what is needed to find it again. */
final class Followed {

    private static final long FIRST_PAUSE_NANOS = 20_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private final long id;
    private final int partition;
    private final long offset;
    private final long dueNanos;
    private final long checksum;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long nextNanos;
    private volatile long pauseNanos = FIRST_PAUSE_NANOS;

    /**
     * @param checksum of its packet
     * @param dueNanos when it should have been sent, on {@link System#nanoTime}
     */
    Followed(long id, long checksum, int partition, long offset, long dueNanos) {
        this.id = id;
        this.checksum = checksum;
        this.partition = partition;
        this.offset = offset;
        this.dueNanos = dueNanos;
        nextNanos = System.nanoTime();
    }

    long id() {
        return id;
    }

    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    long dueNanos() {
        return dueNanos;
    }

    boolean isDue(long now) {
        return now - nextNanos >= 0;
    }

    /** Whether it may be requested now; if so, it counts as requested until {@link #answered}. */
    boolean ask() {
        return asking.compareAndSet(false, true);
    }

    void answered() {
        long pause = pauseNanos;
        nextNanos = System.nanoTime() + pause;
        pauseNanos = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        asking.set(false);
    }

    boolean isSame(byte[] packet) {
        return checksum(packet) == checksum;
    }

    /** Distinguishes packets. */
    static long checksum(byte[] packet) {
        CRC32C crc = new CRC32C();
        crc.update(packet, 0, packet.length);
        return crc.getValue() << Integer.SIZE | packet.length;
    }
}
