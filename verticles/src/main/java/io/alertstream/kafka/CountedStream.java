package io.alertstream.kafka;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read or skipped, and fails beyond a limit. */
final class CountedStream extends FilterInputStream {

    private final long limit;
    private long count;

    CountedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        // In steps, so that the limit ends skipping in a stream that unpacks.
        long skipped = in.skip(Math.min(bytes, 1 << 20));
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws IOException {
        count += bytes;
        if (count > limit) {
            throw new IOException("it unpacks to more than " + limit + " bytes");
        }
    }
}
