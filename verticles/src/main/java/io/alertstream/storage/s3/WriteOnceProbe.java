package io.alertstream.storage.s3;

import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Finds out whether a bucket keeps its objects from being replaced: gateways that don't know {@code If-None-Match} ignore it or
 * refuse it. A probe object is created where there is one already, in the way that every object is created; nothing is
 * written before that has failed as it should.
 */
final class WriteOnceProbe {

    /** No name of an object, so that it is in no list. It stays in the bucket. */
    static final String NAME = ".alertstream-write-once";

    /** Codes of those who don't know a header; other failures have other reasons. */
    private static final Set<String> UNKNOWN = Set.of("NotImplemented", "InvalidArgument", "InvalidRequest");

    private final String bucket;
    private final Supplier<Creation> creation;
    private volatile boolean proven;

    /**
     * @param creation creates the probe object if there is none; fails as the SDK does
     */
    WriteOnceProbe(String bucket, Supplier<Creation> creation) {
        this.bucket = bucket;
        this.creation = creation;
    }

    /**
     * Comes back when the bucket has shown that it keeps objects.
     *
     * @throws StoreException that asks for another setting if it doesn't
     */
    void prove() {
        if (proven) {
            return;
        }
        try {
            // The first may be the one that creates it, or replaces it: a second tells.
            Creation first = creation.get();
            proven = first == Creation.EXISTS || creation.get() == Creation.EXISTS;
        } catch (AwsServiceException e) {
            if (UNKNOWN.contains(S3Failures.code(e))) {
                throw refusal(
                        "refuses If-None-Match or the checksum's header (" + e.statusCode() + " " + S3Failures.code(e)
                                + "; try S3_CHECKSUMS=md5 first)",
                        e);
            }
            throw e;
        }
        if (!proven) {
            throw refusal("ignores If-None-Match", null);
        }
    }

    private StoreException refusal(String what, AwsServiceException cause) {
        return new StoreException(
                Remedy.SETTINGS,
                "bucket " + bucket + " " + what
                        + ", so nothing keeps archived alerts from being replaced; use a store that knows it, or"
                        + " set S3_WRITE_ONCE=check-then-put, which can't keep two writers of one object apart",
                cause);
    }
}
