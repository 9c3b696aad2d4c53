package io.alertstream.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses ordinary gzip fast: one member without a name or other extras, as the archive writes it. The trailer
 * gives the size of the output, and its checksum verifies it. Anything else is left to {@link Gunzip}. Thread-safe.
 */
final class SingleMemberGunzip {

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int MAGIC = 0x1f8b08;

    /** Deflate's highest ratio (zlib's technical details). */
    private static final long LARGEST_FACTOR = 1032;

    private final Supplier<Inflater> inflaters;

    /** Pooled up to the peak concurrency, because each has native memory of its own. */
    private final Queue<Inflater> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param inflaters creates readers of raw deflate streams
     */
    SingleMemberGunzip(Supplier<Inflater> inflaters) {
        this.inflaters = inflaters;
    }

    /** The decompressed bytes; empty if this isn't gzip of that kind, is truncated, or exceeds the limit. */
    Optional<byte[]> bytes(byte[] gzip, int maxBytes) {
        int deflated = gzip.length - HEADER_BYTES - TRAILER_BYTES;
        if (deflated <= 0 || magic(gzip, 0) != MAGIC || gzip[3] != 0 || hasTrailerTwice(gzip)) {
            return Optional.empty();
        }
        long size = littleEndian(gzip, gzip.length - Integer.BYTES);
        if (size == 0 || size > maxBytes || size > deflated * LARGEST_FACTOR) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) size];
        if (inflate(gzip, deflated, bytes) != bytes.length) {
            return Optional.empty();
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue() == littleEndian(gzip, gzip.length - TRAILER_BYTES)
                ? Optional.of(bytes)
                : Optional.empty();
    }

    private int inflate(byte[] gzip, int deflated, byte[] to) {
        Inflater inflater = idle.poll();
        if (inflater == null) {
            inflater = inflaters.get();
        }
        try {
            inflater.reset();
            inflater.setInput(gzip, HEADER_BYTES, deflated);
            return inflater.inflate(to, 0, to.length);
        } catch (DataFormatException | RuntimeException e) {
            return -1; // ISA-L's binding throws the latter for the same reason
        } finally {
            idle.add(inflater);
        }
    }

    /**
     * Whether the stream might end before its last bytes, because another member or garbage follows: not all inflaters
     * say where they stopped. If the first member inflates to the size and checksum in the last trailer, its own
     * trailer is identical, so the trailer occurs twice.
     */
    private static boolean hasTrailerTwice(byte[] gzip) {
        int last = gzip.length - TRAILER_BYTES;
        for (int i = HEADER_BYTES; i < last; i++) {
            if (gzip[i] == gzip[last] && Arrays.equals(gzip, i, i + TRAILER_BYTES, gzip, last, gzip.length)) {
                return true;
            }
        }
        return false;
    }

    private static int magic(byte[] gzip, int at) {
        return ((gzip[at] & 0xff) << 16) | ((gzip[at + 1] & 0xff) << 8) | (gzip[at + 2] & 0xff);
    }

    private static long littleEndian(byte[] from, int at) {
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN).getInt(at));
    }
}
