package io.alertstream.avro;

import io.alertstream.avro.PatchablePacket.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Fields found in a packet, in the order of their bytes: where each is, and its value as a number or as the bits of a
 * double. They are kept in parallel arrays, because a long history has hundreds of them.
 */
final class Marks {

    /** Room for an alert's own fields and a short history. */
    private static final int USUAL = 128;

    private Kind[] kinds = new Kind[USUAL];
    private int[] starts = new int[USUAL];
    private int[] ends = new int[USUAL];
    private long[] bits = new long[USUAL];
    private int[] visits = new int[USUAL];
    private final Map<Kind, Integer> firsts = new EnumMap<>(Kind.class);
    private int count;

    void add(Kind kind, int start, int end, long value) {
        if (count == kinds.length) {
            grow();
        }
        if (!firsts.containsKey(kind)) {
            firsts.put(kind, count);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count] = end;
        bits[count] = value;
        visits[count] = -1;
        count++;
    }

    private void grow() {
        int length = 2 * count;
        kinds = Arrays.copyOf(kinds, length);
        starts = Arrays.copyOf(starts, length);
        ends = Arrays.copyOf(ends, length);
        bits = Arrays.copyOf(bits, length);
        visits = Arrays.copyOf(visits, length);
    }

    /** Makes the marks from the given one on those of one entry of a history. */
    void endEntry(int first) {
        for (int i = first; i < count; i++) {
            if (kinds[i] == Kind.ENTRY_VISIT) {
                Arrays.fill(visits, first, count, i);
                return;
            }
        }
    }

    int count() {
        return count;
    }

    Kind kind(int mark) {
        return kinds[mark];
    }

    int start(int mark) {
        return starts[mark];
    }

    int end(int mark) {
        return ends[mark];
    }

    long bits(int mark) {
        return bits[mark];
    }

    /** The mark of the visit that an entry's mark belongs to; -1 if the entry names none, and for other marks. */
    int visit(int mark) {
        return visits[mark];
    }

    /** The first mark of the kind; -1 if there is none. */
    int first(Kind kind) {
        return firsts.getOrDefault(kind, -1);
    }

    /** Additional bytes that another value takes in a mark's place; negative if it takes fewer. */
    int growth(int mark, long value) {
        int bytes = isDouble(mark) ? Double.BYTES : varintBytes(value);
        return bytes - (ends[mark] - starts[mark]);
    }

    void put(int mark, long value, ByteBuffer out) {
        if (isDouble(mark)) {
            out.putLong(value);
        } else {
            putVarint(value, out);
        }
    }

    private boolean isDouble(int mark) {
        return kinds[mark].isDouble();
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
