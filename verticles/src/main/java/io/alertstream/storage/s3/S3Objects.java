package io.alertstream.storage.s3;

import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Objects of a bucket of S3. A request whose response was lost may have succeeded: its retry then finds the object. A
 * missing bucket is distinguished from a missing object.
 */
final class S3Objects implements BlockingStore {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    /** How long a bucket that was found is assumed to exist. */
    private static final long SEEN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String bucket;
    private final S3Settings settings;
    private final S3Requests requests;
    private final S3Listing listing;
    private final Optional<WriteOnceProbe> probe;
    private final Supplier<S3Client> opener;
    private final int maxObjectBytes;
    private Optional<S3Client> opened = Optional.empty();
    private volatile long seen = System.nanoTime() - SEEN_NANOS;

    S3Objects(S3Location location, Access access, BucketLimits limits) {
        this.bucket = location.bucket();
        this.settings = location.settings();
        this.requests = new S3Requests(bucket, settings);
        this.listing = new S3Listing(bucket);
        this.maxObjectBytes = limits.maxObjectBytes();
        this.opener = () -> S3Clients.open(settings, limits);
        this.probe = access == Access.READ_WRITE && settings.writeOnce() == S3WriteOnce.IF_NONE_MATCH
                ? Optional.of(new WriteOnceProbe(
                        bucket, () -> putIfAbsent(WriteOnceProbe.NAME, new byte[0], "text/plain", Map.of())))
                : Optional.empty();
    }

    @Override
    public Creation create(String name, byte[] content, String contentType, Map<String, String> metadata) {
        return failing("create " + name, () -> {
            probe.ifPresent(WriteOnceProbe::prove);
            if (settings.writeOnce() == S3WriteOnce.CHECK_THEN_PUT && exists(name)) {
                return Creation.EXISTS;
            }
            return put(name, content, contentType, metadata);
        });
    }

    private Creation put(String name, byte[] content, String contentType, Map<String, String> metadata) {
        try {
            return putIfAbsent(name, content, contentType, metadata);
        } catch (AwsServiceException e) {
            // 409: another client is creating it concurrently, and may have finished.
            if (e.statusCode() == CONFLICT && exists(name)) {
                return Creation.EXISTS;
            }
            throw e;
        }
    }

    private Creation putIfAbsent(String name, byte[] content, String contentType, Map<String, String> metadata) {
        try {
            requests.put(client(), name, content, contentType, metadata);
            seen = System.nanoTime();
            return Creation.CREATED;
        } catch (AwsServiceException e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                return Creation.EXISTS;
            }
            throw e;
        }
    }

    private boolean exists(String name) {
        return find(client -> requests.head(client, name)).isPresent();
    }

    @Override
    public Optional<byte[]> read(String name) {
        return failing("read " + name, () -> find(client -> requests.get(client, name, maxObjectBytes)));
    }

    @Override
    public Optional<byte[]> read(String name, long from, int length) {
        return failing("read " + name, () -> find(client -> requests.get(client, name, from, length)));
    }

    @Override
    public Optional<ObjectInfo> info(String name) {
        return failing("read " + name, () -> find(client -> requests.head(client, name)));
    }

    private <T> Optional<T> find(Function<S3Client, T> request) {
        try {
            T answer = request.apply(client());
            seen = System.nanoTime();
            return Optional.of(answer);
        } catch (AwsServiceException e) {
            // Any other 404 is that of a missing bucket, or of a proxy that knows nothing of the object.
            if (e.statusCode() != NOT_FOUND || !S3Failures.code(e).equals("NoSuchKey")) {
                throw e;
            }
        }
        // Some gateways answer so for a missing bucket as well, and all do to a HEAD. It isn't an empty archive.
        if (System.nanoTime() - seen > SEEN_NANOS) {
            look();
        }
        return Optional.empty();
    }

    @Override
    public ObjectPage list(String prefix, String after) {
        return failing("list its objects", () -> {
            ObjectPage page = listing.page(client(), prefix, after);
            seen = System.nanoTime();
            return page;
        });
    }

    private void look() {
        listing.look(client());
        seen = System.nanoTime();
    }

    @Override
    public void check() {
        failing("list its objects", () -> {
            look();
            return null;
        });
        failing("create " + WriteOnceProbe.NAME, () -> {
            probe.ifPresent(WriteOnceProbe::prove);
            return null;
        });
    }

    private <T> T failing(String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException e) {
            throw S3Failures.of(bucket, doing, e);
        }
    }

    private synchronized S3Client client() {
        if (opened.isEmpty()) {
            opened = Optional.of(open());
        }
        return opened.get();
    }

    private S3Client open() {
        try {
            return opener.get();
        } catch (SdkException e) {
            throw e;
        } catch (RuntimeException e) {
            // A file of certificates that was replaced since the start by something else, or a broken AWS profile.
            throw new StoreException(Remedy.OPERATOR, this + ": can't be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "bucket " + bucket;
    }

    @Override
    public synchronized void close() {
        opened.ifPresent(S3Client::close);
    }
}
