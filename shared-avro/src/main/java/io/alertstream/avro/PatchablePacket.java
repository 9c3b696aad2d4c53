package io.alertstream.avro;

import io.alertstream.avro.profile.TimeScale;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;

/** A packet with the positions of the fields that name visits: its own, or one in a history. For one thread. */
public final class PatchablePacket {

    /** What a field holds. */
    enum Kind {
        ALERT_ID(Schema.Type.LONG),
        /** Id of the alert's own source. */
        SOURCE_ID(Schema.Type.LONG),
        /**
         * Id of another source, or of an object, which is that of the object's first source: the alert's own, or one of
         * an earlier visit.
         */
        RELATED_ID(Schema.Type.LONG),
        VISIT(Schema.Type.LONG),
        DETECTOR(Schema.Type.INT),
        /** Middle of the exposure. */
        MIDPOINT(Schema.Type.DOUBLE),
        PROCESSED(Schema.Type.DOUBLE),
        /** A processing time, which moves with the others. */
        FOLLOWING(Schema.Type.DOUBLE),
        /** The time of a source of the object: this one, or one of the history. */
        MIDPOINT_AGAIN(Schema.Type.DOUBLE),
        /** Visit of an entry of a history. */
        ENTRY_VISIT(Schema.Type.LONG),
        ENTRY_MIDPOINT(Schema.Type.DOUBLE),
        ENTRY_PROCESSED(Schema.Type.DOUBLE);

        private final Schema.Type type;

        Kind(Schema.Type type) {
            this.type = type;
        }

        Schema.Type type() {
            return type;
        }

        boolean isDouble() {
            return type == Schema.Type.DOUBLE;
        }
    }

    /** What an alert is changed to. */
    private record Change(long alertId, long visit, double days, RenumberedVisits visits) {

        private static final double DAYS_A_YEAR = 365.25;

        /**
         * What is added to times before the renumbered visits: nothing. Only if the alert itself moves back, they do so
         * by as many whole years as it takes to stay before it: by the alert's own days, the same entry would have
         * another time in each visit.
         */
        double daysBefore() {
            return days < 0 ? -DAYS_A_YEAR * Math.ceil(-days / DAYS_A_YEAR) : 0;
        }
    }

    private final byte[] packet;
    private final TimeScale scale;
    private final Marks marks = new Marks();
    private boolean changedInPlace;

    /** @param scale of the middle of the exposure; other times are MJD TAI */
    PatchablePacket(byte[] packet, TimeScale scale) {
        this.packet = packet;
        this.scale = scale;
    }

    void mark(Kind kind, AvroCursor in) {
        int start = in.position();
        long bits = kind.isDouble() ? Double.doubleToRawLongBits(in.readDouble()) : in.readLong();
        marks.add(kind, start, in.position(), bits);
    }

    Marks marks() {
        return marks;
    }

    boolean has(Kind kind) {
        return marks.first(kind) >= 0;
    }

    private long bits(Kind kind) {
        return marks.bits(marks.first(kind));
    }

    public long alertId() {
        return bits(Kind.ALERT_ID);
    }

    /** The visit's number; 0 if the packet has none. */
    public long visit() {
        return has(Kind.VISIT) ? bits(Kind.VISIT) : 0;
    }

    /** The detector's number; -1 if the packet has none. */
    public int detector() {
        return has(Kind.DETECTOR) ? (int) bits(Kind.DETECTOR) : -1;
    }

    /**
     * When the survey had processed the alert, or else the middle of its exposure, MJD TAI; NaN if the packet has
     * neither.
     */
    public double processedMjdTai() {
        if (has(Kind.PROCESSED)) {
            return Double.longBitsToDouble(bits(Kind.PROCESSED));
        }
        return has(Kind.MIDPOINT) ? scale.mjdTai(Double.longBitsToDouble(bits(Kind.MIDPOINT))) : Double.NaN;
    }

    /** {@link #with(long, long, double, RenumberedVisits)}, if no earlier visit was renumbered. */
    public byte[] with(long alertId, long visit, double days) {
        return with(alertId, visit, days, new RenumberedVisits());
    }

    /**
     * A copy that belongs to another visit.
     *
     * @param alertId the alert's new id, and its source's; also its object's, if that was new with this alert
     * @param visit the visit's new number
     * @param days added to its times
     * @param visits what ids, numbers and times the visits in its histories have
     */
    public byte[] with(long alertId, long visit, double days, RenumberedVisits visits) {
        return copied(changed(new Change(alertId, visit, days, visits)));
    }

    /**
     * The packet itself, changed in its array; or a copy, if a number takes more bytes than before, or fewer. The survey's
     * ids and visits all take the same.
     */
    public byte[] changedTo(long alertId, long visit, double days, RenumberedVisits visits) {
        long[] changed = changed(new Change(alertId, visit, days, visits));
        for (int i = 0; i < changed.length; i++) {
            if (marks.growth(i, changed[i]) != 0) {
                return copied(changed);
            }
        }
        ByteBuffer out = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < changed.length; i++) {
            if (changed[i] != marks.bits(i) || changedInPlace) {
                marks.put(i, changed[i], out.position(marks.start(i)));
            }
        }
        changedInPlace = true;
        return packet;
    }

    private byte[] copied(long[] changed) {
        int length = packet.length;
        for (int i = 0; i < changed.length; i++) {
            length += marks.growth(i, changed[i]);
        }
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        int copied = 0;
        for (int i = 0; i < changed.length; i++) {
            out.put(packet, copied, marks.start(i) - copied);
            marks.put(i, changed[i], out);
            copied = marks.end(i);
        }
        return out.put(packet, copied, packet.length - copied).array();
    }

    private long[] changed(Change change) {
        long[] changed = new long[marks.count()];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = changed(i, change);
        }
        return changed;
    }

    private long changed(int mark, Change change) {
        long bits = marks.bits(mark);
        return switch (marks.kind(mark)) {
            case ALERT_ID, SOURCE_ID -> change.alertId();
            case RELATED_ID ->
                isOwnId(bits) ? change.alertId() : change.visits().id(bits);
            case VISIT -> change.visit();
            case DETECTOR -> bits;
            case MIDPOINT, PROCESSED, FOLLOWING -> moved(bits, change.days());
            case MIDPOINT_AGAIN -> moved(bits, daysOfMidpoint(bits, change));
            case ENTRY_VISIT -> change.visits().number(bits);
            case ENTRY_MIDPOINT, ENTRY_PROCESSED -> moved(bits, daysOfEntry(mark, change));
        };
    }

    private static long moved(long bits, double days) {
        return days == 0 ? bits : Double.doubleToRawLongBits(Double.longBitsToDouble(bits) + days);
    }

    private boolean isOwnId(long id) {
        return id == alertId() || (has(Kind.SOURCE_ID) && id == bits(Kind.SOURCE_ID));
    }

    private double daysOfEntry(int mark, Change change) {
        int visit = marks.visit(mark);
        return visit < 0 ? change.daysBefore() : change.visits().days(marks.bits(visit), change.daysBefore());
    }

    /** What is added to the time of a source: that of the alert, of an entry of its history, or an earlier one. */
    private double daysOfMidpoint(long bits, Change change) {
        if (has(Kind.MIDPOINT) && bits == bits(Kind.MIDPOINT)) {
            return change.days();
        }
        for (int i = 0; i < marks.count(); i++) {
            if (marks.kind(i) == Kind.ENTRY_MIDPOINT && marks.bits(i) == bits) {
                return daysOfEntry(i, change);
            }
        }
        return change.daysBefore();
    }
}
