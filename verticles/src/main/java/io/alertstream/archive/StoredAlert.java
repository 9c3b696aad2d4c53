package io.alertstream.archive;

/**
 * An alert as the store holds it. The array is shared, not copied, and must not be changed.
 *
 * @param content the object's bytes
 * @param gzipped whether they are gzipped; otherwise they are the packet itself
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record StoredAlert(byte[] content, boolean gzipped) {

    /**
     * The packet in wire format; costs CPU if it is gzipped, see {@link GzipCodec#gunzip}.
     *
     * @throws DamagedObjectException if the object is truncated, or decompresses to more than {@link
     *     AlertArchive#MAX_PACKET_BYTES}
     */
    public byte[] packet() {
        return gzipped ? GzipCodec.fastest().gunzip(content, AlertArchive.MAX_PACKET_BYTES) : content;
    }
}
