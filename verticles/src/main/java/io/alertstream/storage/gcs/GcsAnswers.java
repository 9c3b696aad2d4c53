package io.alertstream.storage.gcs;

import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.TooLargeException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;

/**
 * Checks each answer before its body is read: refusing it here closes the connection, and later the library would read
 * the body to its end. The library compares an object with the checksum in the response's header, and accepts a response
 * without one. Google always sends one, so a response without it comes from something in between. Likewise, the library
 * takes every 404 for a missing object.
 */
final class GcsAnswers implements HttpResponseInterceptor {

    private static final int OK = 200;
    private static final int FIRST_ERROR = 300;
    private static final int NOT_FOUND = 404;

    private final int maxObjectBytes;

    GcsAnswers(int maxObjectBytes) {
        this.maxObjectBytes = maxObjectBytes;
    }

    @Override
    public void process(HttpResponse answer, HttpContext context) throws IOException {
        CallLimit.Call call = CallLimit.of(context);
        if (answer.getEntity() == null) {
            call.end();
            return;
        }
        int status = answer.getStatusLine().getStatusCode();
        if (status == NOT_FOUND) {
            requireGoogles(answer);
        }
        if (status >= FIRST_ERROR) {
            boundError(answer, call);
        } else if (isObject(context)) {
            if (status == OK) {
                checkObject(answer);
            }
            // The bound on its size is where it is read: what is read is part of an object of any size.
            answer.setEntity(new LimitedBody(answer.getEntity(), Integer.MAX_VALUE, call));
        } else {
            answer.setEntity(new LimitedBody(answer.getEntity(), BucketLimits.MAX_LIST_BYTES, call));
        }
    }

    private static boolean isObject(HttpContext context) {
        return HttpCoreContext.adapt(context)
                .getRequest()
                .getRequestLine()
                .getUri()
                .contains("alt=media");
    }

    private void checkObject(HttpResponse answer) throws IOException {
        Header length = answer.getFirstHeader("Content-Length");
        if (length != null && Long.parseLong(length.getValue()) > maxObjectBytes) {
            throw new TooLargeException(maxObjectBytes);
        }
        if (Arrays.stream(answer.getHeaders("x-goog-hash"))
                .noneMatch(hash -> hash.getValue().contains("crc32c="))) {
            throw new IOException("the response has no checksum");
        }
    }

    /** Google's errors have this header, and are JSON unless an object was asked for; emulators' are JSON. */
    private static void requireGoogles(HttpResponse answer) throws StrayNotFoundException {
        Header type = answer.getFirstHeader("Content-Type");
        boolean json = type != null && type.getValue().startsWith("application/json");
        if (!json && !answer.containsHeader("X-GUploader-UploadID")) {
            throw new StrayNotFoundException();
        }
    }

    /** The library reads an error whole, and prints a stack trace if it can't. */
    private static void boundError(HttpResponse answer, CallLimit.Call call) throws IOException {
        LimitedBody body = new LimitedBody(answer.getEntity(), BucketLimits.MAX_ERROR_BYTES, call);
        try {
            ByteArrayEntity error = new ByteArrayEntity(body.getContent().readAllBytes());
            error.setContentType(body.getContentType());
            answer.setEntity(error);
        } catch (TooLargeException e) {
            throw new IOException(
                    "the response has status " + answer.getStatusLine().getStatusCode() + " and " + e.getMessage());
        }
    }
}
