package io.alertstream.loadtest.packets;

import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.WireFormat;
import java.util.Arrays;

/**
 * Reads an alert's id from where the survey's schemas put it: the record's first field, after the wire format's header.
 */
public final class AlertIds {

    private static final int MAX_BYTES = 10;

    private AlertIds() {}

    /**
     * The id of a packet.
     *
     * @throws NotAnAlertException if it doesn't begin like an alert
     */
    public static long read(byte[] packet) {
        WireFormat.schemaId(packet);
        long zigzag = 0;
        for (int i = 0; i < MAX_BYTES && WireFormat.HEADER_BYTES + i < packet.length; i++) {
            byte next = packet[WireFormat.HEADER_BYTES + i];
            zigzag |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        throw new NotAnAlertException("expected an id after the header of a packet of " + packet.length + " bytes");
    }

    /** An id as Avro writes a long. */
    static byte[] encode(long id) {
        byte[] bytes = new byte[MAX_BYTES];
        int length = 0;
        long zigzag = id << 1 ^ id >> 63;
        while ((zigzag & ~0x7fL) != 0) {
            bytes[length++] = (byte) (zigzag | 0x80);
            zigzag >>>= 7;
        }
        bytes[length++] = (byte) zigzag;
        return Arrays.copyOf(bytes, length);
    }
}
