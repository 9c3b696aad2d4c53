package io.alertstream.storage.s3;

import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.PooledStore;
import io.alertstream.storage.StoreLocation;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bucket of S3. */
public record S3Location(String bucket, S3Settings settings) implements StoreLocation {

    /**
     * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; older Ceph names may also have
     * underscores.
     */
    private static final Pattern ADDRESS = Pattern.compile("//([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])");

    /** Reads what follows {@code s3:}, and how the bucket is reached; empty if no bucket can have that name. */
    public static Optional<StoreLocation> parse(String address, SettingsReader in) {
        Matcher bucket = ADDRESS.matcher(address);
        return bucket.matches() ? Optional.of(new S3Location(bucket.group(1), S3Settings.read(in))) : Optional.empty();
    }

    @Override
    public ObjectStore open(Vertx vertx, Access access) {
        BucketLimits limits = BucketLimits.DEFAULT;
        return PooledStore.open(vertx, new S3Objects(this, access, limits), access, "s3", limits.calls());
    }
}
