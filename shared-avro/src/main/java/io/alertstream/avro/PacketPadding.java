package io.alertstream.avro;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;

/** Makes packets larger: their last field, which has to be one of bytes, such as a cutout, grows by zeros at its end. */
public final class PacketPadding {

    private static final int MAX_PREFIX = 11;

    private final Skip before;
    private final Schema last;

    private PacketPadding(Skip before, Schema last) {
        this.before = before;
        this.last = last;
    }

    /**
     * Padding for packets of a schema.
     *
     * @throws NotAnAlertException if its last field can't be bytes
     */
    public static PacketPadding of(Schema writer) {
        List<Schema> fields =
                writer.getFields().stream().map(Schema.Field::schema).toList();
        Schema last = fields.get(fields.size() - 1);
        if (bytesBranch(last) < 0) {
            throw new NotAnAlertException(
                    "expected the last field of %s to be bytes, it is %s".formatted(writer.getFullName(), last));
        }
        return new PacketPadding(Skip.all(fields.subList(0, fields.size() - 1)), last);
    }

    /**
     * A packet of the given size, or a few bytes more; of the same size if it is as large already.
     *
     * @throws NotAnAlertException if it isn't a packet of the schema
     */
    public byte[] pad(byte[] packet, int size) {
        AvroCursor in = new AvroCursor(packet, WireFormat.HEADER_BYTES, packet.length);
        before.over(in);
        int start = in.position();
        byte[] content = content(in);
        int length = Math.max(content.length, size - start);
        ByteBuffer out = ByteBuffer.allocate(start + MAX_PREFIX + length).put(packet, 0, start);
        if (last.isUnion()) {
            PatchablePacket.putVarint(bytesBranch(last), out);
        }
        PatchablePacket.putVarint(length, out);
        out.put(content);
        byte[] padded = new byte[out.position() - content.length + length];
        out.flip().get(padded, 0, out.limit());
        return padded;
    }

    private byte[] content(AvroCursor in) {
        boolean isBytes = !last.isUnion() || in.readIndex(last.getTypes().size()) == bytesBranch(last);
        return isBytes ? in.readBytes() : new byte[0];
    }

    /** The branch of a union that is bytes; 0 where there is no union; -1 if neither is. */
    private static int bytesBranch(Schema schema) {
        List<Schema> branches = schema.isUnion() ? schema.getTypes() : List.of(schema);
        return branches.indexOf(Schema.create(Schema.Type.BYTES));
    }
}
