package io.alertstream.storage.s3;

import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Checks whether a bucket refuses to replace objects: gateways that don't support {@code If-None-Match} ignore or
 * refuse it. A probe object is created over an existing one, in the same way as every object; nothing else is written
 * until that has failed as it should.
 */
final class WriteOnceProbe {

    /** Not a valid object name, so it isn't listed. It stays in the bucket. */
    static final String NAME = ".alertstream-write-once";

    private final String bucket;
    private final Supplier<Creation> creation;
    private volatile boolean proven;

    /**
     * @param creation creates the probe object if there is none; fails as the SDK does, also on a conflict of two
     *     writers, which gateways that replace objects report as well
     */
    WriteOnceProbe(String bucket, Supplier<Creation> creation) {
        this.bucket = bucket;
        this.creation = creation;
    }

    /**
     * Returns once the bucket has proved that it doesn't replace objects.
     *
     * @throws StoreException with the remedy of another setting if it does
     */
    void prove() {
        if (proven) {
            return;
        }
        try {
            // The first attempt may create the object, or replace it; only a second one is conclusive.
            Creation first = creation.get();
            proven = first == Creation.EXISTS || creation.get() == Creation.EXISTS;
        } catch (AwsServiceException e) {
            if (S3Failures.isUnsupported(e)) {
                throw refusal(
                        "refuses If-None-Match or the checksum's header (" + S3Failures.status(e) + ": "
                                + S3Failures.detail(e) + "; try S3_CHECKSUMS=md5 first)",
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
                        + ", so nothing keeps archived alerts from being replaced; use a store that supports it, or"
                        + " set S3_WRITE_ONCE=check-then-put, which can't keep two writers of one object apart",
                cause);
    }
}
