package io.alertstream.avro;

import java.io.IOException;
import java.util.Arrays;

/** A buffer that is reused for each block of a container, and grows up to a bound. */
final class Block {

    /**
     * The largest block that is read, compressed or decompressed. Avro's writers make blocks of 64 kB or of one alert;
     * the bound limits memory.
     */
    static final int MAX_BYTES = 64 << 20;

    private static final int LEAST_BYTES = 64 << 10;

    private byte[] bytes = new byte[LEAST_BYTES];
    private int length;

    /** Valid up to {@link #length}, and until the next block. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /**
     * Sets the length and keeps the content.
     *
     * @throws IOException if that is more than a block may have
     */
    void length(int wanted) throws IOException {
        if (wanted < 0 || wanted > MAX_BYTES) {
            throw new IOException("expected a block of at most %d bytes, this one has more".formatted(MAX_BYTES));
        }
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(wanted, Math.min(MAX_BYTES, 2 * bytes.length)));
        }
        length = wanted;
    }

    /** A source for {@link #fill}, with the signature of {@code InputStream.read} and {@code Inflater.inflate}. */
    @FunctionalInterface
    interface Source {

        /** Writes at least one byte and returns the number of bytes written; returns less than 1 at the end. */
        int read(byte[] target, int offset, int length) throws IOException;
    }

    /** Reads a source to its end, up to the bound. */
    void fill(Source source) throws IOException {
        length = 0;
        while (true) {
            int filled = length;
            length(filled == bytes.length ? filled + 1 : bytes.length);
            int read = source.read(bytes, filled, bytes.length - filled);
            length = filled + Math.max(0, read);
            if (read < 1) {
                return;
            }
        }
    }
}
