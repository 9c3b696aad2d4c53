package io.alertstream.avro;

import java.nio.ByteBuffer;

/**
 * The header of an alert's Avro binary in Kafka and in the archive, as Confluent's serializers write it: one zero byte,
 * then the id of the schema in four bytes, the most significant first.
 */
public final class WireFormat {

    /** Length of the header, and so the offset of the Avro binary. */
    public static final int HEADER_BYTES = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /**
     * The schema id of a packet.
     *
     * @throws NotAnAlertException if the packet is shorter than the header or doesn't start with the zero byte
     */
    public static int schemaId(byte[] packet) {
        if (packet.length < HEADER_BYTES) {
            throw new NotAnAlertException("expected the 5 bytes of the wire format's header, got " + packet.length);
        }
        if (packet[0] != MAGIC) {
            throw new NotAnAlertException(
                    "expected the wire format's zero byte first, got %d".formatted(packet[0] & 0xff));
        }
        return ByteBuffer.wrap(packet).getInt(1);
    }

    /** A packet: header and a copy of the Avro binary. */
    public static byte[] write(int schemaId, byte[] avro) {
        return write(schemaId, avro, 0, avro.length);
    }

    /** A packet: header and a copy of a range of an array. */
    public static byte[] write(int schemaId, byte[] avro, int offset, int length) {
        byte[] packet = new byte[Math.addExact(HEADER_BYTES, length)];
        ByteBuffer.wrap(packet).put(MAGIC).putInt(schemaId).put(avro, offset, length);
        return packet;
    }
}
