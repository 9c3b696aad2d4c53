package io.alertstream.avro.sample;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Avro's binary encoding of the few types that alerts need. Optional values are unions of null and a type, in that
 * order.
 */
final class AvroBuffer {

    private static final byte NULL_BRANCH = 0;
    private static final byte VALUE_BRANCH = 2;

    private byte[] bytes = new byte[128 * 1024];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void number(long n) {
        room(10);
        long rest = (n << 1) ^ (n >> 63);
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void float32(double value) {
        room(4);
        int bits = Float.floatToIntBits((float) value);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (bits >>> shift);
        }
    }

    void float64(double value) {
        room(8);
        long bits = Double.doubleToLongBits(value);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (bits >>> shift);
        }
    }

    void text(String ascii) {
        bytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    void bytes(byte[] value) {
        bytes(value, value.length);
    }

    void bytes(byte[] value, int count) {
        number(count);
        room(count);
        System.arraycopy(value, 0, bytes, length, count);
        length += count;
    }

    void none() {
        room(1);
        bytes[length++] = NULL_BRANCH;
    }

    void none(int fields) {
        for (int i = 0; i < fields; i++) {
            none();
        }
    }

    /** Writes the union branch that announces a value. */
    void some() {
        room(1);
        bytes[length++] = VALUE_BRANCH;
    }

    void someNumber(long value) {
        some();
        number(value);
    }

    void someText(String value) {
        some();
        text(value);
    }

    void flag(boolean value) {
        some();
        room(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    void flagsDown(int fields) {
        for (int i = 0; i < fields; i++) {
            flag(false);
        }
    }

    /** Null for what isn't a number: not measured. */
    void someFloat32(double value) {
        if (Double.isNaN(value)) {
            none();
        } else {
            some();
            float32(value);
        }
    }

    /** Null for what isn't a number: not measured. */
    void someFloat64(double value) {
        if (Double.isNaN(value)) {
            none();
        } else {
            some();
            float64(value);
        }
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
