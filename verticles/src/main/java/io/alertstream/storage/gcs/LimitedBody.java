package io.alertstream.storage.gcs;

import io.alertstream.storage.TooLargeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** The body of an answer, within its limits of bytes and time. */
final class LimitedBody extends HttpEntityWrapper {

    private final int maxBytes;
    private final CallLimit.Call call;

    LimitedBody(HttpEntity body, int maxBytes, CallLimit.Call call) {
        super(body);
        this.maxBytes = maxBytes;
        this.call = call;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new Limited(super.getContent());
    }

    private final class Limited extends FilterInputStream {

        private int left = maxBytes;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] oneByte = new byte[1];
            return read(oneByte, 0, 1) < 0 ? -1 : oneByte[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(to, offset, length);
            } catch (IOException e) {
                throw call.explained(e);
            }
            if (read < 0) {
                call.end();
            }
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new TooLargeException(maxBytes);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            super.close();
            call.end();
        }
    }
}
