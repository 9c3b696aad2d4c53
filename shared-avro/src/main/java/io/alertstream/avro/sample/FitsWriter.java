package io.alertstream.avro.sample;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes FITS (version 4.0 of the standard): cards of 80 characters, numbers big-endian, headers and data padded to
 * blocks of 2,880 bytes. Numbers are formatted here because the platform's formatting has changed between releases.
 */
final class FitsWriter {

    static final int BLOCK = 2880;

    private static final int CARD = 80;
    private static final int VALUE_COLUMN = 10;
    private static final int VALUE_END = 30;

    private final ByteBuffer out;

    FitsWriter(int capacity) {
        out = ByteBuffer.allocate(capacity);
    }

    void clear() {
        out.clear();
    }

    byte[] array() {
        return out.array();
    }

    int length() {
        return out.position();
    }

    FitsWriter card(String keyword, String value, String comment) {
        int end = start(keyword);
        out.put(place(VALUE_COLUMN), (byte) '\'');
        ascii(VALUE_COLUMN + 1, value);
        // A string's closing quote is in column 20 or later.
        int quote = VALUE_COLUMN + 1 + Math.max(8, value.length());
        out.put(place(quote), (byte) '\'');
        comment(Math.max(quote + 1, VALUE_END), comment);
        return finish(end);
    }

    FitsWriter card(String keyword, boolean value, String comment) {
        int end = start(keyword);
        out.put(place(VALUE_END - 1), (byte) (value ? 'T' : 'F'));
        comment(VALUE_END, comment);
        return finish(end);
    }

    FitsWriter card(String keyword, long value, String comment) {
        int end = start(keyword);
        digits(VALUE_END, Math.abs(value), 1, value < 0);
        comment(VALUE_END, comment);
        return finish(end);
    }

    /** A number whose mantissa has the given decimals. Without its point, the mantissa must be below 10^18. */
    FitsWriter card(String keyword, double value, int decimals, int exponent, String comment) {
        int end = start(keyword);
        long scaled = StrictMath.round(value * power(decimals - exponent));
        int column = VALUE_END;
        if (exponent != 0) {
            String suffix = exponent < 0 ? "E-" : "E+";
            column = digits(column, Math.abs(exponent), 2, false) - suffix.length();
            ascii(column, suffix);
        }
        long one = (long) power(decimals);
        column = digits(column, Math.abs(scaled) % one, decimals, false) - 1;
        out.put(place(column), (byte) '.');
        digits(column, Math.abs(scaled) / one, 1, scaled < 0);
        comment(VALUE_END, comment);
        return finish(end);
    }

    FitsWriter endHeader() {
        blank("END");
        out.position(out.position() + CARD);
        return pad((byte) ' ');
    }

    /** An image's pixels, row by row from the lowest. */
    FitsWriter data(float[] pixels) {
        out.asFloatBuffer().put(pixels);
        out.position(out.position() + pixels.length * Float.BYTES);
        return pad((byte) 0);
    }

    FitsWriter data(double[][] rows) {
        for (double[] row : rows) {
            out.asDoubleBuffer().put(row);
            out.position(out.position() + row.length * Double.BYTES);
        }
        return pad((byte) 0);
    }

    /** Whole blocks made by another writer. */
    FitsWriter blocks(FitsWriter other) {
        out.put(other.array(), 0, other.length());
        return this;
    }

    private int place(int column) {
        return out.position() + column;
    }

    private int start(String keyword) {
        blank(keyword);
        out.put(place(8), (byte) '=');
        return out.position() + CARD;
    }

    private void blank(String keyword) {
        Arrays.fill(out.array(), out.position(), out.position() + CARD, (byte) ' ');
        ascii(0, keyword);
    }

    private FitsWriter finish(int end) {
        out.position(end);
        return this;
    }

    private void comment(int column, String comment) {
        if (!comment.isEmpty()) {
            ascii(column + 1, "/ ");
            ascii(column + 3, comment);
        }
    }

    private void ascii(int column, String text) {
        for (int i = 0; i < text.length(); i++) {
            out.put(place(column + i), (byte) text.charAt(i));
        }
    }

    /** Writes digits that end before a column, zero-padded to a minimum width; returns the first character's column. */
    private int digits(int end, long value, int atLeast, boolean negative) {
        int column = end;
        long rest = value;
        do {
            out.put(place(--column), (byte) ('0' + rest % 10));
            rest /= 10;
        } while (rest != 0 || end - column < atLeast);
        if (negative) {
            out.put(place(--column), (byte) '-');
        }
        return column;
    }

    private FitsWriter pad(byte filler) {
        int end = (out.position() + BLOCK - 1) / BLOCK * BLOCK;
        Arrays.fill(out.array(), out.position(), end, filler);
        out.position(end);
        return this;
    }

    private static double power(int exponent) {
        double power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
