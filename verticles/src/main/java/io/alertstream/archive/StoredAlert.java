package io.alertstream.archive;

/**
 * An alert as the store holds it. The array is shared, not copied, and must not be changed.
 *
 * @param content the object's bytes
 * @param gzipped whether they are gzipped; else they are the packet itself
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record StoredAlert(byte[] content, boolean gzipped) {

    /**
     * The packet in wire format; takes CPU where it is gzipped, see {@link GzipCodec#gunzip}.
     *
     * @throws DamagedObjectException if the object isn't whole, or holds more than {@link AlertArchive#MAX_PACKET_BYTES}
     */
    public byte[] packet() {
        return gzipped ? GzipCodec.fastest().gunzip(content, AlertArchive.MAX_PACKET_BYTES) : content;
    }
}
