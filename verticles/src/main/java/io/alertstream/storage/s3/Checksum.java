package io.alertstream.storage.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of an object, as a header and as metadata. S3 keeps the header's; gateways that don't support it keep the
 * metadata. An object's ETag isn't a reliable checksum: it is the MD5 of the bytes only in some cases.
 */
record Checksum(int crc32c) {

    private static final String KEY = "crc32c";
    private static final int HEX_DIGITS = 8;

    /** Base64 of four bytes. */
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9+/]{6}==");

    static Checksum of(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        return new Checksum((int) crc.getValue());
    }

    /** The MD5 of a body, for {@code Content-MD5}: it detects transmission errors, not forgery. */
    static String md5(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** The checksum in a response; empty if another program stored the object without one. */
    static OptionalInt declared(String header, Map<String, String> metadata) {
        // A value with a dash is a checksum of the parts' checksums, not of the bytes.
        if (header != null && HEADER.matcher(header).matches()) {
            return OptionalInt.of(
                    ByteBuffer.wrap(Base64.getDecoder().decode(header)).getInt());
        }
        String hex = metadata.getOrDefault(KEY, "");
        return hex.length() == HEX_DIGITS && hex.chars().allMatch(HexFormat::isHexDigit)
                ? OptionalInt.of(HexFormat.fromHexDigits(hex))
                : OptionalInt.empty();
    }

    /** The header's form: base64 of four bytes, big-endian. */
    String base64() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    Map<String, String> addedTo(Map<String, String> metadata) {
        Map<String, String> all = new HashMap<>(metadata);
        all.put(KEY, HexFormat.of().toHexDigits(crc32c));
        return all;
    }
}
