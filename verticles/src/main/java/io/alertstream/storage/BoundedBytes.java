package io.alertstream.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects bytes up to a limit, and refuses more. */
public final class BoundedBytes extends OutputStream {

    private static final int USUAL_BYTES = 64 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    private final int max;

    public BoundedBytes(int max) {
        this.max = max;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (length > max - bytes.size()) {
            throw new TooLargeException(max);
        }
        bytes.write(from, offset, length);
    }

    public byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
