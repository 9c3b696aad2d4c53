package io.alertstream.avro;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A position in untrusted Avro binary. It never reads past the end, never allocates memory for a length that it reads,
 * and refuses input that would take more time than its size justifies.
 */
final class AvroCursor {

    /** Alerts nest four deep. The bound is for schemas that contain themselves: their values could nest without end. */
    private static final int MAX_DEPTH = 256;
    /** Limits array items that take no bytes: a few bytes could claim billions, and decoding costs time for each. */
    private static final long MAX_EMPTY_ITEMS = 1 << 20;

    private final ByteBuffer bytes;
    private int depth;
    private long emptyItems;

    AvroCursor(byte[] bytes, int start, int end) {
        this.bytes = ByteBuffer.wrap(bytes).limit(end).position(start).order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return bytes.position();
    }

    void position(int position) {
        bytes.position(position);
    }

    int remaining() {
        return bytes.remaining();
    }

    void skip(long length) {
        if (length < 0) {
            throw new NotAnAlertException("expected a length at byte %d, got %d".formatted(position(), length));
        }
        need(length);
        bytes.position(bytes.position() + (int) length);
    }

    double readDouble() {
        need(Double.BYTES);
        return bytes.getDouble();
    }

    byte[] readBytes() {
        long length = readLong();
        int start = position();
        skip(length);
        byte[] copy = new byte[(int) length];
        bytes.get(start, copy);
        return copy;
    }

    int readInt() {
        int start = position();
        long value = readLong();
        if (value != (int) value) {
            throw new NotAnAlertException("expected an int at byte %d, got %d".formatted(start, value));
        }
        return (int) value;
    }

    /** An int or a long: zigzag, seven bits per byte, lowest first. */
    long readLong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            need(1);
            byte next = bytes.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new NotAnAlertException("expected a number of at most 10 bytes before byte %d".formatted(position()));
    }

    /** The index of a union's branch or an enum's symbol. */
    int readIndex(int count) {
        int start = position();
        long index = readLong();
        if (index < 0 || index >= count) {
            throw new NotAnAlertException(
                    "expected an index below %d at byte %d, got %d".formatted(count, start, index));
        }
        return (int) index;
    }

    /**
     * Number of items before the next count; 0 at the end of an array or a map. A count may come with the items' size
     * in bytes, which would allow jumping over them. Decoders ignore that size, so using it could lead to a different
     * position than theirs.
     */
    long readItemCount() {
        int start = position();
        long count = readLong();
        if (count >= 0) {
            return count;
        }
        if (count == Long.MIN_VALUE || readLong() < 0) {
            throw new NotAnAlertException("expected a count of items at byte %d, got a negative size".formatted(start));
        }
        return -count;
    }

    void enterRecord() {
        if (++depth > MAX_DEPTH) {
            throw new NotAnAlertException(
                    "expected records nested at most %d deep, got more at byte %d".formatted(MAX_DEPTH, position()));
        }
    }

    void leaveRecord() {
        depth--;
    }

    void countEmptyItems(long count) {
        emptyItems += count;
        if (count > MAX_EMPTY_ITEMS || emptyItems > MAX_EMPTY_ITEMS) {
            throw new NotAnAlertException("expected at most %d items without content, got more at byte %d"
                    .formatted(MAX_EMPTY_ITEMS, position()));
        }
    }

    private void need(long length) {
        if (length > bytes.remaining()) {
            throw new NotAnAlertException(
                    "expected %d bytes at byte %d, found %d".formatted(length, position(), bytes.remaining()));
        }
    }
}
