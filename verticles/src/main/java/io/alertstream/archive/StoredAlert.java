package io.alertstream.archive;

/**
 * An alert as the store holds it. The array is shared, not copied: nobody writes into it.
 *
 * @param content the object's bytes
 * @param gzipped whether they are gzipped; else they are the packet itself
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record StoredAlert(byte[] content, boolean gzipped) {

    /**
     * The packet in wire format; takes a millisecond of CPU or so where it is gzipped.
     *
     * @throws DamagedObjectException if the object isn't whole, or holds more than {@link AlertArchive#MAX_PACKET_BYTES}
     */
    public byte[] packet() {
        return gzipped ? Gunzip.bytes(content, AlertArchive.MAX_PACKET_BYTES) : content;
    }
}
