package io.alertstream.archive;

import java.util.zip.CRC32C;

/** The checksum that tells packets apart, in conflicts and caches: CRC-32C, the one that object stores keep as well. */
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
