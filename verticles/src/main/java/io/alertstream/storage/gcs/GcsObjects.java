package io.alertstream.storage.gcs;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.BoundedBytes;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.TooLargeException;
import io.alertstream.storage.UnusableObjectException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Objects of a bucket. Each is created with the precondition that its name is unused, and with its checksum, which the
 * bucket verifies; reads are verified against the checksum in the response. A request whose response was lost may have
 * succeeded: its retry then finds the object.
 */
final class GcsObjects implements BlockingStore {

    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    /** How long a bucket that was found is assumed to exist. */
    private static final long SEEN_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** The library adds the checksum. The content is already gzipped. */
    private static final BlobTargetOption[] NEW = {
        BlobTargetOption.doesNotExist(), BlobTargetOption.disableGzipContent()
    };

    /** As it is stored, even if its metadata says that it is gzipped. */
    private static final BlobSourceOption RAW = BlobSourceOption.shouldReturnRawInputStream(true);

    private static final BlobField[] ABOUT = {BlobField.NAME, BlobField.SIZE, BlobField.CRC32C};

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
     * @param readTimeout how long a response may make no progress
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
        return find(name, client -> {
            BoundedBytes content = new BoundedBytes(maxObjectBytes);
            client.downloadTo(BlobId.of(bucket, name), content, RAW);
            return content.toByteArray();
        });
    }

    @Override
    public Optional<byte[]> read(String name, long from, int length) {
        return find(name, client -> GcsRange.read(client, BlobId.of(bucket, name), from, length));
    }

    @Override
    public Optional<ObjectInfo> info(String name) {
        return find(name, client -> client.get(BlobId.of(bucket, name), BlobGetOption.fields(ABOUT)))
                .map(GcsObjects::info);
    }

    private static ObjectInfo info(BlobInfo blob) {
        String crc32c = blob.getCrc32cToHexString();
        return new ObjectInfo(
                blob.getName(),
                blob.getSize(),
                crc32c == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseUnsignedInt(crc32c, 16)));
    }

    /** Asks for an object; if there is none, the answer is null or the failure 404. */
    private <T> Optional<T> find(String name, Function<Storage, T> question) {
        try {
            Optional<T> answer = Optional.ofNullable(question.apply(client()));
            if (answer.isPresent()) {
                seen = System.nanoTime();
                return answer;
            }
        } catch (StorageException e) {
            if (e.getCause() instanceof TooLargeException large) {
                throw new UnusableObjectException(toString(), name + " has " + large.getMessage());
            }
            if (e.getCode() != NOT_FOUND) {
                throw GcsFailures.of(bucket, "read " + name, e);
            }
        }
        // A missing bucket gives the same answer, and isn't an empty archive.
        if (System.nanoTime() - seen > SEEN_NANOS) {
            check();
        }
        return Optional.empty();
    }

    @Override
    public ObjectPage list(String prefix, String after) {
        try {
            Page<Blob> page = client().list(
                            bucket,
                            BlobListOption.prefix(prefix),
                            BlobListOption.startOffset(after), // inclusive: may list the name itself
                            BlobListOption.pageSize(ObjectPage.MAX_OBJECTS),
                            BlobListOption.fields(ABOUT));
            List<Blob> blobs = blobs(page);
            while (blobs.isEmpty() && page.hasNextPage()) {
                page = page.getNextPage();
                blobs = blobs(page);
            }
            seen = System.nanoTime();
            List<ObjectInfo> objects = blobs.stream()
                    .filter(blob -> !blob.getName().equals(after))
                    .map(GcsObjects::info)
                    .toList();
            return new ObjectPage(
                    objects,
                    page.hasNextPage() ? Optional.of(blobs.get(blobs.size() - 1).getName()) : Optional.empty());
        } catch (StorageException e) {
            throw GcsFailures.of(bucket, "list its objects", e);
        }
    }

    private static List<Blob> blobs(Page<Blob> page) {
        return StreamSupport.stream(page.getValues().spliterator(), false).toList();
    }

    @Override
    public void check() {
        try {
            client().list(bucket, BlobListOption.pageSize(1), BlobListOption.fields(BlobField.NAME));
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
