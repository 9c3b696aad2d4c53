package io.alertstream.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Reads gzip, whoever wrote it, with the JDK: one member or several, with or without names and comments. */
final class Gunzip {

    private static final int BUFFER_BYTES = 64 << 10;

    private Gunzip() {}

    /**
     * The bytes that were gzipped.
     *
     * @throws DamagedObjectException if it isn't gzip, isn't whole, or holds more than {@code maxBytes}
     */
    static byte[] bytes(byte[] gzip, int maxBytes) {
        byte[] bytes;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), BUFFER_BYTES)) {
            bytes = in.readNBytes(maxBytes);
            if (in.read() == -1) {
                return bytes;
            }
        } catch (IOException e) {
            throw new DamagedObjectException(
                    "expected gzip, but " + gzip.length + " bytes don't unpack: " + e.getMessage(), e);
        }
        throw new DamagedObjectException(
                "expected at most " + maxBytes + " bytes, but " + gzip.length + " bytes of gzip hold more", null);
    }
}
