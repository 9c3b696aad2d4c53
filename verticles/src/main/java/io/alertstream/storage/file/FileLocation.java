package io.alertstream.storage.file;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.PooledStore;
import io.alertstream.storage.StoreLocation;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A directory of this machine; each object is a file below it. */
public record FileLocation(Path root) implements StoreLocation {

    /** Enough for each write of the disk's journal to cover many files; more threads are slower. */
    private static final int THREADS = 16;

    /** Reads what follows {@code file:}; empty if it isn't a path. */
    public static Optional<StoreLocation> parse(String path) {
        try {
            return path.isEmpty() ? Optional.empty() : Optional.of(new FileLocation(Path.of(path)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public ObjectStore open(Vertx vertx, Access access) {
        FileObjects files =
                new FileObjects(root, access == Access.READ_WRITE, ObjectStore.MAX_OBJECT_BYTES, Sync.TO_DISK);
        return PooledStore.open(vertx, files, access, "file", THREADS);
    }

    /**
     * Creates the root durably if it is missing. Only for a system whose stores are on its own disk: elsewhere a
     * missing root means that its file system isn't mounted.
     */
    public void makeRoot() throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        new Directories(absolute.getRoot(), Sync.TO_DISK).create(absolute);
    }
}
