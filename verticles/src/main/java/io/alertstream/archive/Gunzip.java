package io.alertstream.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Reads gzip from any program: one or more members, with or without names and comments. The JDK's own stream ignores
 * data after the last member, but clients that get the object as it is don't.
 */
final class Gunzip {

    private Gunzip() {}

    /**
     * The decompressed bytes.
     *
     * @throws DamagedObjectException if the input isn't gzip alone, is truncated, or decompresses to more than {@code
     *     maxBytes}
     */
    static byte[] bytes(byte[] gzip, int maxBytes) {
        byte[] bytes;
        try (GzipCompressorInputStream in = GzipCompressorInputStream.builder()
                .setInputStream(new ByteArrayInputStream(gzip))
                .setDecompressConcatenated(true)
                .get()) {
            bytes = in.readNBytes(maxBytes);
            if (in.read() == -1) {
                return bytes;
            }
        } catch (EOFException e) {
            throw new DamagedObjectException("expected gzip, but " + gzip.length + " bytes end before it does", e);
        } catch (IOException e) {
            throw new DamagedObjectException(
                    "expected gzip, but " + gzip.length + " bytes don't unpack: " + e.getMessage(), e);
        }
        throw new DamagedObjectException(
                "expected at most " + maxBytes + " bytes, but " + gzip.length + " bytes of gzip hold more", null);
    }
}
