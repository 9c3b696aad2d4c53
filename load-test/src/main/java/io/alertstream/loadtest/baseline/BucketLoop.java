package io.alertstream.loadtest.baseline;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Stores objects in a bucket under unused names, as the archive must. Closing it deletes them, or warns about what
 * remains.
 */
final class BucketLoop implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private final String run = "load-test-" + UUID.randomUUID();
    private final Bucket bucket;
    private final List<byte[]> contents;
    private final Consumer<String> warnings;

    /**
     * @param contents of the objects, in turn
     */
    BucketLoop(Bucket bucket, List<byte[]> contents, Consumer<String> warnings) {
        this.bucket = bucket;
        this.contents = contents;
        this.warnings = warnings;
    }

    void store(long number) throws IOException, InterruptedException {
        String object = run + "-" + number;
        begun.add(object); // even if the answer gets lost
        HttpResponse<String> answer = send(bucket.creating(object, contents.get((int) (number % contents.size()))));
        throwUnless(answer.statusCode() / 100 == 2, answer);
    }

    @Override
    public void close() {
        try {
            for (String object = begun.poll(); object != null; object = begun.poll()) {
                HttpResponse<String> answer = send(bucket.deleting(object));
                throwUnless(answer.statusCode() / 100 == 2 || answer.statusCode() == NOT_FOUND, answer);
            }
        } catch (IOException e) {
            warn(e);
        } catch (InterruptedException e) {
            warn(e);
            Thread.currentThread().interrupt();
        }
    }

    private void warn(Exception why) {
        warnings.accept("delete the objects %s-* by hand, some are left in %s: %s".formatted(run, bucket, why));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    }

    private static void throwUnless(boolean expected, HttpResponse<String> answer) throws IOException {
        if (!expected) {
            throw new IOException(answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
