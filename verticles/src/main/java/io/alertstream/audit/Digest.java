package io.alertstream.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Stands for the bytes of a message: the first 128 bits of their SHA-256; all zero for a message without a value. */
record Digest(long high, long low) {

    /** From a SHA-256 in hexadecimal digits; empty where it isn't one: anyone may have written it. */
    static Optional<Digest> ofSha256(byte[] text) {
        try {
            byte[] bytes = HexFormat.of().parseHex(new String(text, US_ASCII));
            ByteBuffer digest = ByteBuffer.wrap(bytes);
            return bytes.length == 32 ? Optional.of(new Digest(digest.getLong(), digest.getLong())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Digest of(byte[] value) {
        if (value == null) {
            return new Digest(0, 0);
        }
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value));
            return new Digest(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
