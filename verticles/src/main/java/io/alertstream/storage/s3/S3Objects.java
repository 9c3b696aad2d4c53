package io.alertstream.storage.s3;

import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

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
    private final Optional<WriteOnceProbe> probe;
    private final Supplier<S3Client> opener;
    private final int maxObjectBytes;
    private Optional<S3Client> opened = Optional.empty();
    private volatile long seen = System.nanoTime() - SEEN_NANOS;

    /**
     * @param connections at a time
     * @param readTimeout how long a response may make no progress
     */
    S3Objects(S3Location location, Access access, int connections, Duration readTimeout, int maxObjectBytes) {
        this.bucket = location.bucket();
        this.settings = location.settings();
        this.requests = new S3Requests(bucket, settings);
        this.maxObjectBytes = maxObjectBytes;
        this.opener = () -> S3Clients.open(settings, connections, readTimeout);
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
            // The response to a HEAD has no code. "NoSuchBucket" doesn't mean that the object is missing.
            if (e.statusCode() != NOT_FOUND || S3Failures.code(e).equals("NoSuchBucket")) {
                throw e;
            }
        }
        // A missing bucket may give the same answer, and isn't an empty archive.
        if (System.nanoTime() - seen > SEEN_NANOS) {
            page(builder -> builder.maxKeys(1));
        }
        return Optional.empty();
    }

    @Override
    public ObjectPage list(String prefix, String after) {
        return failing("list its objects", () -> {
            ListObjectsV2Response page = page(request -> request.prefix(prefix)
                    .startAfter(after.isEmpty() ? null : after)
                    .maxKeys(ObjectPage.MAX_OBJECTS));
            List<S3Object> objects = page.contents();
            boolean more = Boolean.TRUE.equals(page.isTruncated()) && !objects.isEmpty();
            return new ObjectPage(
                    objects.stream()
                            .map(object -> new ObjectInfo(object.key(), object.size(), OptionalInt.empty()))
                            .toList(),
                    more ? Optional.of(objects.get(objects.size() - 1).key()) : Optional.empty());
        });
    }

    private ListObjectsV2Response page(Function<ListObjectsV2Request.Builder, ListObjectsV2Request.Builder> request) {
        ListObjectsV2Response page = client().listObjectsV2(
                        request.apply(ListObjectsV2Request.builder().bucket(bucket))
                                .build());
        if (page.name() == null) {
            throw new StoreException(
                    Remedy.RETRY,
                    this + ": can't list its objects: expected a list, but the response isn't S3's",
                    null);
        }
        seen = System.nanoTime();
        return page;
    }

    @Override
    public void check() {
        failing("list its objects", () -> page(request -> request.maxKeys(1)));
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
            opened = Optional.of(opener.get());
        }
        return opened.get();
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
