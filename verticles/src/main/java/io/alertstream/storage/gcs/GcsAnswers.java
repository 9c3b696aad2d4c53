package io.alertstream.storage.gcs;

import io.alertstream.storage.TooLargeException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;

/**
 * Checks the response for an object before its body is read: refusing it here closes the connection, and later the
 * library would read the body to its end. The library compares an object with the checksum in the response's header,
 * and accepts a response without one. Google always sends one, so a response without it comes from something in
 * between.
 */
final class GcsAnswers implements HttpResponseInterceptor {

    private static final int OK = 200;

    private final int maxObjectBytes;

    GcsAnswers(int maxObjectBytes) {
        this.maxObjectBytes = maxObjectBytes;
    }

    @Override
    public void process(HttpResponse answer, HttpContext context) throws IOException {
        boolean object = HttpCoreContext.adapt(context)
                .getRequest()
                .getRequestLine()
                .getUri()
                .contains("alt=media");
        if (!object || answer.getStatusLine().getStatusCode() != OK) {
            return;
        }
        Header length = answer.getFirstHeader("Content-Length");
        if (length != null && Long.parseLong(length.getValue()) > maxObjectBytes) {
            throw new TooLargeException(maxObjectBytes);
        }
        if (Arrays.stream(answer.getHeaders("x-goog-hash"))
                .noneMatch(hash -> hash.getValue().contains("crc32c="))) {
            throw new IOException("the response has no checksum");
        }
    }
}
