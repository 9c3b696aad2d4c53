package io.alertstream.avro;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;

/** Makes packets larger by appending zeros to their last field, which must be of type bytes, such as a cutout. */
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
     * Pads a packet to the given size or a few bytes more; a packet that is already that large keeps its size.
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
            Marks.putVarint(bytesBranch(last), out);
        }
        Marks.putVarint(length, out);
        out.put(content);
        byte[] padded = new byte[out.position() - content.length + length];
        out.flip().get(padded, 0, out.limit());
        return padded;
    }

    private byte[] content(AvroCursor in) {
        boolean isBytes = !last.isUnion() || in.readIndex(last.getTypes().size()) == bytesBranch(last);
        return isBytes ? in.readBytes() : new byte[0];
    }

    /** The index of the bytes branch of a union; 0 if the schema itself is bytes; -1 if neither. */
    private static int bytesBranch(Schema schema) {
        List<Schema> branches = schema.isUnion() ? schema.getTypes() : List.of(schema);
        return branches.indexOf(Schema.create(Schema.Type.BYTES));
    }
}
