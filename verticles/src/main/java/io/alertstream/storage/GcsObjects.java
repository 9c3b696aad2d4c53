package io.alertstream.storage;

import com.google.api.client.googleapis.media.MediaHttpUploader;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Objects of a bucket. Each is created with the precondition that there is none of its name, and with its checksum,
 * which the bucket compares. A request whose answer got lost may have done its work: made again, it finds the object.
 */
final class GcsObjects implements BlockingStore {

    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    /** For so long a bucket that was there is taken to be there. */
    private static final long SEEN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String bucket;
    private final StoreSettings settings;
    private final Duration readTimeout;
    private final int maxObjectBytes;
    private final ApacheHttpTransport transport;
    private Optional<Storage> opened = Optional.empty();
    private volatile long seen = System.nanoTime() - SEEN_NANOS;

    /**
     * @param connections at a time
     * @param readTimeout for which an answer may make no progress
     */
    GcsObjects(String bucket, StoreSettings settings, int connections, Duration readTimeout, int maxObjectBytes) {
        this.bucket = bucket;
        this.settings = settings;
        this.readTimeout = readTimeout;
        this.maxObjectBytes = maxObjectBytes;
        this.transport = GcsClient.transport(connections);
    }

    @Override
    public Creation create(String name, byte[] content, String contentType, Map<String, String> metadata) {
        StorageObject object = new StorageObject()
                .setName(name)
                .setContentType(contentType)
                .setMetadata(metadata)
                .setCrc32c(GcsChecksum.of(content));
        try {
            Storage.Objects.Insert insert =
                    client().objects().insert(bucket, object, new ByteArrayContent(contentType, content));
            insert.setIfGenerationMatch(0L);
            // The library would gzip once more for the way.
            insert.setDisableGZipContent(true);
            MediaHttpUploader uploader = insert.getMediaHttpUploader();
            uploader.setDirectUploadEnabled(true);
            insert.execute();
            seen = System.nanoTime();
            return Creation.CREATED;
        } catch (IOException e) {
            if (status(e) == PRECONDITION_FAILED) {
                return Creation.EXISTS;
            }
            throw GcsTrouble.of(bucket, "create " + name, e);
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        try {
            Storage.Objects.Get get = client().objects().get(bucket, name);
            // As it is stored, even if it says of itself that it is gzipped.
            get.setReturnRawInputStream(true);
            HttpResponse response = get.executeMedia();
            try {
                byte[] content = read(name, response);
                seen = System.nanoTime();
                return Optional.of(content);
            } finally {
                response.disconnect();
            }
        } catch (IOException e) {
            if (status(e) != NOT_FOUND) {
                throw GcsTrouble.of(bucket, "read " + name, e);
            }
            // A bucket that is missing isn't an empty archive, and it answers the same.
            if (System.nanoTime() - seen > SEEN_NANOS) {
                check();
            }
            return Optional.empty();
        }
    }

    private byte[] read(String name, HttpResponse response) throws IOException {
        byte[] content;
        try (InputStream in = response.getContent()) {
            content = in == null ? new byte[0] : in.readNBytes(maxObjectBytes + 1);
        }
        if (content.length > maxObjectBytes) {
            throw new UnusableObjectException(
                    "bucket " + bucket + ": " + name + " has more than " + maxObjectBytes + " bytes");
        }
        String expected = GcsChecksum.in(response.getHeaders().getHeaderStringValues("x-goog-hash"));
        String came = GcsChecksum.of(content);
        if (expected != null && !expected.equals(came)) {
            throw new StoreException(
                    Remedy.RETRY,
                    "bucket " + bucket + ": " + name + " came with CRC32C " + came + ", expected " + expected,
                    null);
        }
        return content;
    }

    @Override
    public void check() {
        try {
            client().objects()
                    .list(bucket)
                    .setMaxResults(1L)
                    .setFields("items/name")
                    .execute();
            seen = System.nanoTime();
        } catch (IOException e) {
            throw GcsTrouble.of(bucket, "list its objects", e);
        }
    }

    private synchronized Storage client() {
        if (opened.isEmpty()) {
            try {
                opened = Optional.of(GcsClient.open(settings, transport, readTimeout));
            } catch (IOException e) {
                throw new StoreException(
                        Remedy.OPERATOR, "bucket " + bucket + ": there are no credentials: " + e.getMessage(), e);
            }
        }
        return opened.get();
    }

    private static int status(IOException failure) {
        return failure instanceof HttpResponseException answer ? answer.getStatusCode() : 0;
    }

    @Override
    public String toString() {
        return "bucket " + bucket;
    }

    @Override
    public void close() {
        try {
            transport.shutdown();
        } catch (IOException e) {
            throw GcsTrouble.of(bucket, "close it", e);
        }
    }
}
