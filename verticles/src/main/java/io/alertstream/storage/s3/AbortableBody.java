package io.alertstream.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.storage.TooLargeException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.Abortable;

/** A body that is read up to a limit, and remembers its beginning. */
final class AbortableBody extends FilterInputStream implements Abortable {

    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private final int max;
    private int left;

    AbortableBody(InputStream in, int max) {
        super(in);
        this.max = max;
        this.left = max;
    }

    /** What was read first, as text. */
    String beginning() {
        return beginning.toString(UTF_8);
    }

    @Override
    public int read() throws IOException {
        byte[] oneByte = new byte[1];
        return read(oneByte, 0, 1) < 0 ? -1 : oneByte[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read = super.read(to, offset, length);
        if (read > 0) {
            beginning.write(to, offset, Math.min(read, Math.max(0, S3Failures.MAX_DETAIL - beginning.size())));
            left -= read;
        }
        if (left < 0) {
            // Closing it would read the rest first.
            abort();
            throw new TooLargeException(max);
        }
        return read;
    }

    @Override
    public void abort() {
        if (in instanceof Abortable connection) {
            connection.abort();
        }
    }
}
