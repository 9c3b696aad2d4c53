package io.alertstream.loadtest.packets;

import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.WireFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A packet without its id. The new id replaces the old one wherever the packet held it, including in its own source.
 */
final class PacketTemplate {

    /** Length of an encoded id that doesn't occur elsewhere by chance. */
    private static final int TELLING_BYTES = 7;

    private final List<byte[]> pieces = new ArrayList<>();
    private final int pieceBytes;

    /**
     * @throws NotAnAlertException if the packet doesn't begin with this id
     */
    PacketTemplate(long id, byte[] packet) {
        byte[] old = AlertIds.encode(id);
        if (AlertIds.read(packet) != id) {
            throw new NotAnAlertException("expected the id " + id + " as the first field of its alert");
        }
        int from = 0;
        int at = WireFormat.HEADER_BYTES;
        while (at >= 0) {
            pieces.add(Arrays.copyOfRange(packet, from, at));
            from = at + old.length;
            at = old.length < TELLING_BYTES ? -1 : indexOf(old, packet, from);
        }
        pieces.add(Arrays.copyOfRange(packet, from, packet.length));
        pieceBytes = pieces.stream().mapToInt(piece -> piece.length).sum();
    }

    private static int indexOf(byte[] what, byte[] in, int from) {
        for (int at = from; at <= in.length - what.length; at++) {
            if (in[at] == what[0] && Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }

    byte[] with(long id) {
        byte[] encoded = AlertIds.encode(id);
        byte[] packet = new byte[pieceBytes + (pieces.size() - 1) * encoded.length];
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (i > 0) {
                System.arraycopy(encoded, 0, packet, at, encoded.length);
                at += encoded.length;
            }
            byte[] piece = pieces.get(i);
            System.arraycopy(piece, 0, packet, at, piece.length);
            at += piece.length;
        }
        return packet;
    }
}
