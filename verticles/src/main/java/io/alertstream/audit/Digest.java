package io.alertstream.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Stands for the bytes of a message: the first 128 bits of their SHA-256; all zero for a message without a value. */
record Digest(long high, long low) {

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
