package io.alertstream.archive;

/**
 * A packet ready to be stored. The arrays are shared, not copied: nobody writes into them.
 *
 * @param packet the message's value, in wire format
 * @param crc32c checksum of the packet
 * @param gzip the packet, gzipped
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record Packed(byte[] packet, int crc32c, byte[] gzip) {}
