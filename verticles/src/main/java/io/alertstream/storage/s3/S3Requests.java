package io.alertstream.storage.s3;

import io.alertstream.storage.BoundedBytes;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.TooLargeException;
import io.alertstream.storage.UnusableObjectException;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Requests for one object, and checks of their responses. */
final class S3Requests {

    private static final int NOT_FOUND = 404;
    private static final int NOT_SATISFIABLE = 416;

    private final String bucket;
    private final S3Settings settings;

    S3Requests(String bucket, S3Settings settings) {
        this.bucket = bucket;
        this.settings = settings;
    }

    /** Puts an object; if the bucket supports the precondition, only if its name is unused. */
    void put(S3Client client, String name, byte[] content, String contentType, Map<String, String> metadata) {
        Checksum checksum = Checksum.of(content);
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(name)
                .contentType(contentType)
                .metadata(checksum.addedTo(metadata));
        switch (settings.checksums()) {
            case CRC32C -> request.checksumCRC32C(checksum.base64());
            case MD5 -> request.contentMD5(Checksum.md5(content));
        }
        if (settings.writeOnce() == S3WriteOnce.IF_NONE_MATCH) {
            request.ifNoneMatch("*");
        }
        RequestBody body = RequestBody.fromContentProvider(
                ContentStreamProvider.fromByteArrayUnsafe(content), content.length, contentType);
        PutObjectResponse answer = client.putObject(request.build(), body);
        requireStore(answer.eTag(), "create " + name);
    }

    /**
     * Asks for an object's size and checksum.
     *
     * @throws S3Exception with the code NoSuchKey if there is none, and never if something in between answered instead
     */
    ObjectInfo head(S3Client client, String name) {
        HeadObjectResponse answer;
        try {
            answer = client.headObject(HeadObjectRequest.builder()
                    .bucket(bucket)
                    .key(name)
                    .checksumMode(mode())
                    .build());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND && !S3Failures.isOfS3(e)) {
                throw find(client, name, e);
            }
            throw e;
        }
        requireStore(answer.contentLength() == null ? null : answer.eTag(), "read " + name);
        return new ObjectInfo(
                name, answer.contentLength(), Checksum.declared(answer.checksumCRC32C(), answer.metadata()));
    }

    /** Finds out what a 404 to a HEAD means: such an answer has no body, and so no code, but that to a GET does. */
    private RuntimeException find(S3Client client, String name, S3Exception unclear) {
        get(client, name, 0, 1);
        return new StoreException(
                Remedy.RETRY,
                "bucket " + bucket + ": can't read " + name + ": it is there for GET, and isn't for HEAD",
                unclear);
    }

    /** Reads a whole object and verifies it against the checksum in the response. */
    byte[] get(S3Client client, String name, int maxBytes) {
        return read(client, object(name).checksumMode(mode()).build(), (answer, in) -> {
            requireStore(answer.eTag(), "read " + name);
            byte[] content = content(answer, in, name, maxBytes);
            Checksum.declared(answer.checksumCRC32C(), answer.metadata()).ifPresent(expected -> {
                if (Checksum.of(content).crc32c() != expected) {
                    throw damaged(name, expected, Checksum.of(content).crc32c());
                }
            });
            return content;
        });
    }

    /** Reads part of an object, up to the end of the object. */
    byte[] get(S3Client client, String name, long from, int length) {
        String range = "bytes=" + from + "-" + (from + length - 1);
        try {
            return read(client, object(name).range(range).build(), (answer, in) -> {
                requireStore(answer.eTag(), "read " + name);
                String answered = answer.contentRange();
                if (answered == null || !answered.startsWith("bytes " + from + "-")) {
                    in.abort();
                    throw new StoreException(
                            Remedy.OPERATOR,
                            "bucket " + bucket + ": can't read part of " + name + ": it ignores Range: expected "
                                    + range + ", got " + answered,
                            null);
                }
                return content(answer, in, name, length);
            });
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_SATISFIABLE) {
                return new byte[0];
            }
            throw e;
        }
    }

    /** Reads the body while the SDK's time limit still runs, which ends when a stream is handed out. */
    private static byte[] read(
            S3Client client, GetObjectRequest request, ResponseTransformer<GetObjectResponse, byte[]> body) {
        try {
            return client.getObject(request, body);
        } catch (SdkClientException e) {
            // It wraps what the reader of the body throws.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof StoreException || cause instanceof UnusableObjectException) {
                    throw (RuntimeException) cause;
                }
            }
            throw e;
        }
    }

    private GetObjectRequest.Builder object(String name) {
        return GetObjectRequest.builder().bucket(bucket).key(name);
    }

    private ChecksumMode mode() {
        return settings.checksums() == S3Checksums.CRC32C ? ChecksumMode.ENABLED : null;
    }

    private byte[] content(GetObjectResponse answer, AbortableInputStream in, String name, int maxBytes)
            throws IOException {
        BoundedBytes content = new BoundedBytes(maxBytes);
        Long length = answer.contentLength();
        try {
            if (length != null && length > maxBytes) {
                throw new TooLargeException(maxBytes);
            }
            in.transferTo(content);
            return content.toByteArray();
        } catch (TooLargeException e) {
            throw new UnusableObjectException("bucket " + bucket, name + " has " + e.getMessage());
        } finally {
            // Closing it would read the rest first. At the end of the body this does nothing.
            in.abort();
        }
    }

    /**
     * Every S3 response to these requests has an ETag. One without comes from something else, or is an error despite
     * its status.
     */
    private void requireStore(String tag, String doing) {
        if (tag == null) {
            throw new StoreException(
                    Remedy.RETRY,
                    "bucket " + bucket + ": can't " + doing + ": the response has status 200 but isn't S3's",
                    null);
        }
    }

    private StoreException damaged(String name, int expected, int found) {
        return new StoreException(
                Remedy.RETRY,
                "bucket %s: can't read %s: it arrived damaged, expected CRC-32C %08x, got %08x"
                        .formatted(bucket, name, expected, found),
                null);
    }
}
