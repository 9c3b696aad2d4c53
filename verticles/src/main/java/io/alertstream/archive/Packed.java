package io.alertstream.archive;

/**
 * A packet ready to be stored. The arrays are shared, not copied, and must not be changed.
 *
 * @param packet the message's value, in wire format
 * @param gzip the packet, gzipped
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record Packed(byte[] packet, byte[] gzip) {}
