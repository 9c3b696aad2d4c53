package io.alertstream.storage.gcs;

import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.PooledStore;
import io.alertstream.storage.StoreLocation;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bucket of Google Cloud Storage. */
public record GcsLocation(String bucket, GcsSettings settings) implements StoreLocation {

    /** https://cloud.google.com/storage/docs/buckets#naming */
    private static final Pattern ADDRESS = Pattern.compile("//([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])");

    /** Reads what follows {@code gs:}, and how the bucket is reached; empty if no bucket can have that name. */
    public static Optional<StoreLocation> parse(String address, SettingsReader in) {
        Matcher bucket = ADDRESS.matcher(address);
        return bucket.matches()
                ? Optional.of(new GcsLocation(bucket.group(1), GcsSettings.read(in)))
                : Optional.empty();
    }

    @Override
    public ObjectStore open(Vertx vertx, Access access) {
        BucketLimits limits = BucketLimits.DEFAULT;
        return PooledStore.open(vertx, new GcsObjects(this, access, limits), access, "gcs", limits.calls());
    }
}
