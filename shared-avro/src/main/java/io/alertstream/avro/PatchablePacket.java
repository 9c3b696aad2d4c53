package io.alertstream.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;

/** A packet with the positions of the fields that belong to its visit. For one thread. */
public final class PatchablePacket {

    /** What a field holds. */
    enum Kind {
        ALERT_ID(Schema.Type.LONG),
        /** Id of the alert's own source. */
        SOURCE_ID(Schema.Type.LONG),
        /** Id of the alert's object, which is its own source's id if the object is new. */
        OBJECT_ID(Schema.Type.LONG),
        VISIT(Schema.Type.LONG),
        DETECTOR(Schema.Type.INT),
        /** Middle of the exposure. */
        MIDPOINT(Schema.Type.DOUBLE),
        PROCESSED(Schema.Type.DOUBLE),
        /** A processing time, which moves with the others. */
        FOLLOWING(Schema.Type.DOUBLE),
        /** The time of a source of the object, which may be this one. */
        MIDPOINT_AGAIN(Schema.Type.DOUBLE);

        private final Schema.Type type;

        Kind(Schema.Type type) {
            this.type = type;
        }

        Schema.Type type() {
            return type;
        }
    }

    /** One field and its byte range; its value as a number, or as the bits of a double. */
    private record Mark(Kind kind, int start, int end, long bits) {

        /** Bytes that another value takes in its place. */
        int bytes(long value) {
            return isDouble() ? Double.BYTES : varintBytes(value);
        }

        void put(long value, ByteBuffer out) {
            if (isDouble()) {
                out.putLong(value);
            } else {
                putVarint(value, out);
            }
        }

        private boolean isDouble() {
            return kind.type() == Schema.Type.DOUBLE;
        }
    }

    /** Ids, visit and times occur eleven times in the survey's records. */
    private static final int MAX_MARKS = 16;

    private final byte[] packet;
    private final Mark[] marks = new Mark[MAX_MARKS];
    private int count;

    PatchablePacket(byte[] packet) {
        this.packet = packet;
    }

    void mark(Kind kind, AvroCursor in) {
        int start = in.position();
        long bits = kind.type() == Schema.Type.DOUBLE ? Double.doubleToRawLongBits(in.readDouble()) : in.readLong();
        marks[count++] = new Mark(kind, start, in.position(), bits);
    }

    boolean has(Kind kind) {
        return first(kind) != null;
    }

    public long alertId() {
        return first(Kind.ALERT_ID).bits();
    }

    /** The visit's number; 0 if the packet has none. */
    public long visit() {
        Mark mark = first(Kind.VISIT);
        return mark == null ? 0 : mark.bits();
    }

    /** The detector's number; -1 if the packet has none. */
    public int detector() {
        Mark mark = first(Kind.DETECTOR);
        return mark == null ? -1 : (int) mark.bits();
    }

    /**
     * When the survey had processed the alert, or else the middle of its exposure, MJD TAI; NaN if the packet has
     * neither.
     */
    public double processedMjdTai() {
        Mark mark = first(Kind.PROCESSED);
        mark = mark == null ? first(Kind.MIDPOINT) : mark;
        return mark == null ? Double.NaN : Double.longBitsToDouble(mark.bits());
    }

    private Mark first(Kind kind) {
        for (int i = 0; i < count; i++) {
            if (marks[i].kind() == kind) {
                return marks[i];
            }
        }
        return null;
    }

    /**
     * A copy that belongs to another visit.
     *
     * @param alertId the alert's new id, and its source's; also its object's, if that was new with this alert
     * @param visit the visit's new number
     * @param days added to its times
     */
    public byte[] with(long alertId, long visit, double days) {
        return copied(changed(alertId, visit, days));
    }

    /**
     * The packet itself, changed in its array; or a copy, if a number takes more bytes than before, or fewer. The survey's
     * ids and visits all take the same.
     */
    public byte[] changedTo(long alertId, long visit, double days) {
        long[] changed = changed(alertId, visit, days);
        for (int i = 0; i < count; i++) {
            if (marks[i].end() - marks[i].start() != marks[i].bytes(changed[i])) {
                return copied(changed);
            }
        }
        ByteBuffer out = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            marks[i].put(changed[i], out.position(marks[i].start()));
        }
        return packet;
    }

    private long[] changed(long alertId, long visit, double days) {
        long[] changed = new long[count];
        for (int i = 0; i < count; i++) {
            changed[i] = changed(marks[i], alertId, visit, days);
        }
        return changed;
    }

    private byte[] copied(long[] changed) {
        int length = packet.length;
        for (int i = 0; i < count; i++) {
            length += marks[i].bytes(changed[i]) - (marks[i].end() - marks[i].start());
        }
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        int copied = 0;
        for (int i = 0; i < count; i++) {
            out.put(packet, copied, marks[i].start() - copied);
            marks[i].put(changed[i], out);
            copied = marks[i].end();
        }
        return out.put(packet, copied, packet.length - copied).array();
    }

    private long changed(Mark mark, long alertId, long visit, double days) {
        long bits = mark.bits();
        return switch (mark.kind()) {
            case ALERT_ID, SOURCE_ID -> alertId;
            case OBJECT_ID -> isOwnId(bits) ? alertId : bits;
            case VISIT -> visit;
            case DETECTOR -> bits;
            case MIDPOINT, PROCESSED, FOLLOWING -> moved(bits, days);
            case MIDPOINT_AGAIN -> isMidpoint(bits) ? moved(bits, days) : bits;
        };
    }

    private static long moved(long bits, double days) {
        return Double.doubleToRawLongBits(Double.longBitsToDouble(bits) + days);
    }

    private boolean isOwnId(long id) {
        Mark source = first(Kind.SOURCE_ID);
        return id == alertId() || (source != null && id == source.bits());
    }

    private boolean isMidpoint(long bits) {
        Mark midpoint = first(Kind.MIDPOINT);
        return midpoint != null && bits == midpoint.bits();
    }

    private static int varintBytes(long value) {
        int significant = Long.SIZE - Long.numberOfLeadingZeros(zigzag(value) | 1);
        return (significant + 6) / 7;
    }

    static void putVarint(long value, ByteBuffer out) {
        long rest = zigzag(value);
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }
}
