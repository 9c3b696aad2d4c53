package io.alertstream.storage.s3;

import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.PooledStore;
import io.alertstream.storage.StoreLocation;
import io.vertx.core.Vertx;
import java.time.Duration;
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

    /** Requests are dominated by network latency: 64 at 30 ms each are about 2,000 a second. */
    private static final int CONNECTIONS = 64;

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);

    /** Reads what follows {@code s3:}, and how the bucket is reached; empty if no bucket can have that name. */
    public static Optional<StoreLocation> parse(String address, SettingsReader in) {
        Matcher bucket = ADDRESS.matcher(address);
        return bucket.matches() ? Optional.of(new S3Location(bucket.group(1), S3Settings.read(in))) : Optional.empty();
    }

    @Override
    public ObjectStore open(Vertx vertx, Access access) {
        S3Objects objects = new S3Objects(this, access, CONNECTIONS, READ_TIMEOUT, ObjectStore.MAX_OBJECT_BYTES);
        return PooledStore.open(vertx, objects, access, "s3", CONNECTIONS);
    }
}
