package io.alertstream.archive;

import java.util.zip.CRC32C;

/**
 * CRC-32C, the checksum that object stores keep as well. It detects accidental damage and gives people a short name for
 * bytes. Collisions are easy to construct, so {@link PacketDigest} decides whether two packets are the same.
 */
public final class Crc32c {

    private Crc32c() {}

    public static int of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    /** As eight hexadecimal digits. */
    public static String text(int crc32c) {
        return String.format("%08x", crc32c);
    }
}
