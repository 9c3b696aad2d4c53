package io.alertstream.loadtest.baseline;

import com.intel.gkl.compression.IntelDeflater;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Gzip compression and decompression. Compresses with the archive's codec: ISA-L at level 1 where its native library
 * loads, else the JDK's, which always decompresses. One per thread, for the life of the process: ISA-L's binding leaks
 * memory when closed.
 */
final class Gzip {

    private static final boolean NATIVE = loads();
    private static final ThreadLocal<Gzip> MINE = ThreadLocal.withInitial(Gzip::new);

    private final Deflater deflater =
            NATIVE ? new IntelDeflater(Deflater.BEST_SPEED, true) : new Deflater(Deflater.BEST_SPEED, true);
    private final Inflater inflater = new Inflater(true);
    private byte[] buffer = new byte[1 << 18];

    private Gzip() {}

    private static boolean loads() {
        try {
            return new IntelDeflater().load(null);
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    static String codec() {
        return NATIVE ? "ISA-L" : "java.util.zip";
    }

    /** Compresses, computing the checksum that gzip requires. */
    static byte[] deflate(byte[] bytes) {
        return MINE.get().deflated(bytes);
    }

    /** Decompresses, computing the checksum. */
    static void inflate(byte[] deflated) {
        MINE.get().inflated(deflated);
    }

    private byte[] deflated(byte[] bytes) {
        reserve(bytes.length + bytes.length / 4 + 256);
        checksum(bytes, bytes.length);
        deflater.reset();
        deflater.setInput(bytes, 0, bytes.length);
        deflater.finish();
        int length = deflater.deflate(buffer, 0, buffer.length);
        return Arrays.copyOf(buffer, length);
    }

    private void inflated(byte[] deflated) {
        reserve(deflated.length * 8);
        inflater.reset();
        inflater.setInput(deflated);
        try {
            checksum(buffer, inflater.inflate(buffer));
        } catch (DataFormatException e) {
            throw new IllegalStateException("what was compressed doesn't decompress", e);
        }
    }

    private static void checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        if (crc.getValue() == 0) {
            throw new IllegalStateException("a checksum of 0"); // so that the JIT can't eliminate it
        }
    }

    private void reserve(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
    }
}
