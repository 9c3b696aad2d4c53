package io.alertstream.storage.gcs;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.BoundedBytes;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.TooLargeException;
import io.alertstream.storage.UnusableObjectException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Objects of a bucket. Each is created with the precondition that there is none of its name, and with its checksum,
 * which the bucket compares; what is read is compared with the checksum that it comes with. A request whose answer got
 * lost may have done its work: made again, it finds the object.
 */
final class GcsObjects implements BlockingStore {

    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    /** For so long a bucket that was there is taken to be there. */
    private static final long SEEN_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** With a checksum, which the library adds by itself, and without gzip once more for the way. */
    private static final BlobTargetOption[] NEW = {
        BlobTargetOption.doesNotExist(), BlobTargetOption.disableGzipContent()
    };

    /** As it is stored, even if it says of itself that it is gzipped. */
    private static final BlobSourceOption RAW = BlobSourceOption.shouldReturnRawInputStream(true);

    private final String bucket;
    private final GcsSettings settings;
    private final Access access;
    private final Duration readTimeout;
    private final int maxObjectBytes;
    private final ApacheHttpTransport transport;
    private Optional<Storage> opened = Optional.empty();
    private volatile long seen = System.nanoTime() - SEEN_NANOS;

    /**
     * @param connections at a time
     * @param readTimeout for which an answer may make no progress
     */
    GcsObjects(GcsLocation location, Access access, int connections, Duration readTimeout, int maxObjectBytes) {
        this.bucket = location.bucket();
        this.settings = location.settings();
        this.access = access;
        this.readTimeout = readTimeout;
        this.maxObjectBytes = maxObjectBytes;
        this.transport = GcsClient.transport(connections, maxObjectBytes);
    }

    @Override
    public Creation create(String name, byte[] content, String contentType, Map<String, String> metadata) {
        BlobInfo about = BlobInfo.newBuilder(bucket, name)
                .setContentType(contentType)
                .setMetadata(metadata)
                .build();
        try {
            client().create(about, content, NEW);
            seen = System.nanoTime();
            return Creation.CREATED;
        } catch (StorageException e) {
            if (e.getCode() == PRECONDITION_FAILED) {
                return Creation.EXISTS;
            }
            throw GcsFailures.of(bucket, "create " + name, e);
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        BoundedBytes content = new BoundedBytes(maxObjectBytes);
        try {
            client().downloadTo(BlobId.of(bucket, name), content, RAW);
            seen = System.nanoTime();
            return Optional.of(content.toByteArray());
        } catch (StorageException e) {
            if (e.getCause() instanceof TooLargeException large) {
                throw new UnusableObjectException(toString(), name + " has " + large.getMessage());
            }
            if (e.getCode() != NOT_FOUND) {
                throw GcsFailures.of(bucket, "read " + name, e);
            }
            // A bucket that is missing isn't an empty archive, and it answers the same.
            if (System.nanoTime() - seen > SEEN_NANOS) {
                check();
            }
            return Optional.empty();
        }
    }

    @Override
    public void check() {
        try {
            client().list(bucket, BlobListOption.pageSize(1), BlobListOption.fields(Storage.BlobField.NAME));
            seen = System.nanoTime();
        } catch (StorageException e) {
            throw GcsFailures.of(bucket, "list its objects", e);
        }
    }

    private synchronized Storage client() {
        if (opened.isEmpty()) {
            try {
                opened = Optional.of(GcsClient.open(settings, access, transport, readTimeout));
            } catch (IOException e) {
                throw new StoreException(
                        Remedy.OPERATOR, "bucket " + bucket + ": there are no credentials: " + e.getMessage(), e);
            }
        }
        return opened.get();
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
            throw new StoreException(Remedy.RETRY, "bucket " + bucket + ": can't close it: " + e.getMessage(), e);
        }
    }
}
