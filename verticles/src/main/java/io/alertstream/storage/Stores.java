package io.alertstream.storage;

import io.alertstream.settings.StoreLocation;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Opens stores. */
public final class Stores {

    /** An alert is under 1 MB, a schema as well; whatever is far larger was put there by someone else. */
    private static final int MAX_OBJECT_BYTES = 64 << 20;

    /** Enough for the disk's journal to be written for many files at once; more are slower. */
    private static final int FILE_THREADS = 16;

    /** Most of a request's time is the network's: 64 at 30 ms each are about 2,000 a second. */
    private static final int GCS_THREADS = 64;

    private static final Duration GCS_READ_TIMEOUT = Duration.ofSeconds(20);

    /** Less than the ops port gives a check, so that its answer says which store it is. */
    private static final Duration CHECK_LIMIT = Duration.ofMillis(800);

    private Stores() {}

    /**
     * Makes the root of a file store, durably, where there is none. For a system whose stores are on its own disk: elsewhere
     * a root that is missing is one whose mount is away.
     */
    public static void makeRoot(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        new Directories(absolute.getRoot(), Sync.TO_DISK).create(absolute);
    }

    /**
     * Opens a store, without touching it yet: one that can't be used says so when it is asked for something, and works
     * as soon as it can. Readers and writers have threads of their own, so that neither waits behind the other.
     */
    public static ObjectStore open(Vertx vertx, StoreLocation location, StoreSettings settings) {
        String pool = settings.writable() ? "store-write" : "store-read";
        if (location instanceof StoreLocation.Directory directory) {
            FileObjects files = new FileObjects(directory.path(), settings.writable(), MAX_OBJECT_BYTES, Sync.TO_DISK);
            return new PooledStore(vertx, files, pool + "-file", FILE_THREADS, CHECK_LIMIT);
        }
        if (location instanceof StoreLocation.Bucket bucket) {
            GcsObjects objects =
                    new GcsObjects(bucket.name(), settings, GCS_THREADS, GCS_READ_TIMEOUT, MAX_OBJECT_BYTES);
            return new PooledStore(vertx, objects, pool + "-gcs", GCS_THREADS, CHECK_LIMIT);
        }
        throw new IllegalArgumentException("neither a directory nor a bucket: " + location);
    }
}
