package io.alertstream.server.formats;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** A cutout that may be gzipped. */
final class PackedCutout {

    /** Far more than a cutout needs, but small enough to limit a hostile one. */
    static final int MAX_BYTES = 8 << 20;

    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;

    private PackedCutout() {}

    /**
     * The bytes as they are, or unpacked.
     *
     * @throws UnusableCutoutException if they are gzip's, but damaged, or unpack into more than {@link #MAX_BYTES}
     */
    static byte[] unpack(byte[] bytes) {
        if (bytes.length < 2 || (bytes[0] & 0xff) != MAGIC_1 || (bytes[1] & 0xff) != MAGIC_2) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(MAX_BYTES + 1);
            if (plain.length > MAX_BYTES) {
                throw new UnusableCutoutException("expected a cutout of at most " + MAX_BYTES + " bytes, unpacked");
            }
            return plain;
        } catch (IOException e) {
            throw new UnusableCutoutException("its gzip is damaged: " + e.getMessage());
        }
    }
}
