package io.alertstream.storage.gcs;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.BoundedBytes;
import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.TooLargeException;
import io.alertstream.storage.UnusableObjectException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

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

    private final String bucket;
    private final GcsSettings settings;
    private final Access access;
    private final GcsListing listing;
    private final BucketLimits limits;
    private final ApacheHttpTransport transport;
    private Optional<Storage> opened = Optional.empty();
    private volatile long seen = System.nanoTime() - SEEN_NANOS;

    GcsObjects(GcsLocation location, Access access, BucketLimits limits) {
        this.bucket = location.bucket();
        this.settings = location.settings();
        this.access = access;
        this.listing = new GcsListing(bucket);
        this.limits = limits;
        this.transport = GcsClient.transport(limits);
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
            BoundedBytes content = new BoundedBytes(limits.maxObjectBytes());
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
        return find(name, client -> about(client, name)).map(listing::info);
    }

    private Blob about(Storage client, String name) {
        return client.get(BlobId.of(bucket, name), BlobGetOption.fields(GcsListing.ABOUT));
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
            if (e.getCode() != NOT_FOUND && !isMissing(name, e)) {
                throw GcsFailures.of(bucket, "read " + name, e);
            }
        }
        // A missing bucket gives the same answer, and isn't an empty archive.
        if (System.nanoTime() - seen > SEEN_NANOS) {
            check();
        }
        return Optional.empty();
    }

    /** Emulators answer a read as any web server does, but say it clearly of the metadata. */
    private boolean isMissing(String name, StorageException failure) {
        return StrayNotFoundException.in(failure) && failing("read " + name, () -> about(client(), name)) == null;
    }

    @Override
    public ObjectPage list(String prefix, String after) {
        return failing("list its objects", () -> {
            ObjectPage page = listing.page(client(), prefix, after);
            seen = System.nanoTime();
            return page;
        });
    }

    @Override
    public void check() {
        failing("list its objects", () -> {
            listing.look(client());
            seen = System.nanoTime();
            return null;
        });
    }

    private <T> T failing(String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (StorageException e) {
            throw GcsFailures.of(bucket, doing, e);
        }
    }

    private synchronized Storage client() {
        if (opened.isEmpty()) {
            try {
                opened = Optional.of(GcsClient.open(settings, access, transport, limits));
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
