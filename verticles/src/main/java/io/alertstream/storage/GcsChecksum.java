package io.alertstream.storage;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/** CRC32C as buckets write it: base64 of four bytes, big-endian. */
final class GcsChecksum {

    private static final String PREFIX = "crc32c=";

    private GcsChecksum() {}

    static String of(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * The one in an answer's {@code x-goog-hash}.
     *
     * @param headers any number of lines, each a list such as {@code crc32c=n03x6A==,md5=Ojk9c3dhfxgoKVVHYwFbHQ==}
     * @return null if there is none
     */
    static String in(List<String> headers) {
        for (String header : headers) {
            for (String hash : header.split(",", -1)) {
                if (hash.strip().startsWith(PREFIX)) {
                    return hash.strip().substring(PREFIX.length());
                }
            }
        }
        return null;
    }
}
