package io.alertstream.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Identifies packets without keeping their bytes: the first 128 bits of a packet's SHA-256. A checksum isn't enough,
 * because changing four bytes can restore any CRC-32C.
 *
 * <p>A packet of 82 KB takes 0.06 ms on a CPU with SHA extensions, and 0.5 ms on one without.
 */
public record PacketDigest(long high, long low) {

    private static final int SHA256_BYTES = 32;

    public static PacketDigest of(byte[] packet) {
        try {
            return ofSha256(ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(packet)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The digest of a packet of which only the SHA-256 is known.
     *
     * @param text hexadecimal digits; empty if they aren't a SHA-256
     */
    public static Optional<PacketDigest> ofSha256(byte[] text) {
        try {
            byte[] sha256 = HexFormat.of().parseHex(new String(text, US_ASCII));
            return sha256.length == SHA256_BYTES ? Optional.of(ofSha256(ByteBuffer.wrap(sha256))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PacketDigest ofSha256(ByteBuffer sha256) {
        return new PacketDigest(sha256.getLong(), sha256.getLong());
    }
}
