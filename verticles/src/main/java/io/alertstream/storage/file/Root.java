package io.alertstream.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file store's root as it was when it was opened: its real path, the identity of the directory and its file system,
 * and what is in use below it. It is never created here: if its file system weren't mounted, objects would go to the
 * system's disk.
 *
 * @param key identifies the directory, even if it is moved
 * @param scratch where files are written, if the store is writable
 */
record Root(Path path, Object key, Mount mount, Directories directories, Optional<Scratch> scratch) {

    private static final Logger LOG = LoggerFactory.getLogger(Root.class);

    /** Room for some 20,000 alerts: a few minutes at a survey's rate. */
    private static final long LITTLE_SPACE_BYTES = 1L << 30;

    /**
     * Opens the root.
     *
     * @throws NoSuchFileException if it doesn't exist
     */
    static Root open(Path path, boolean writable, Sync sync) throws IOException {
        Path real = path.toRealPath();
        Root root = new Root(
                real,
                key(real),
                Mount.of(real, Mount.Devices.OF_THIS_MACHINE),
                new Directories(real, sync),
                writable ? Optional.of(Scratch.open(real)) : Optional.empty());
        if (writable) {
            lookAtSpace(real);
        }
        return root;
    }

    private static void lookAtSpace(Path root) {
        long free = root.toFile().getUsableSpace();
        if (free < LITTLE_SPACE_BYTES) {
            LOG.atWarn().log("file store {}: only {} MiB are free on its disk; free some space", root, free >> 20);
        }
    }

    private static Object key(Path directory) throws IOException {
        return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    }

    Path file(String name) {
        return path.resolve(name.startsWith("/") ? name.substring(1) : name);
    }

    /** Whether this directory is still at its path. */
    boolean isThere() throws IOException {
        return Objects.equals(key(path), key);
    }

    /**
     * Opens the directory now at the path, after something below this root vanished or the root itself was replaced.
     *
     * @throws IOException if the path doesn't exist, or its file system isn't mounted: the mount point of an unmounted
     *     disk must not be taken for an empty archive
     */
    Root reopen(Path from, Sync sync) throws IOException {
        Mount now = Mount.of(from.toRealPath(), Mount.Devices.OF_THIS_MACHINE);
        if (mount.isAwayFrom(now)) {
            throw new IOException("its file system is no longer mounted; mount it again");
        }
        Root next = open(from, scratch.isPresent(), sync);
        LOG.atWarn()
                .log(
                        "file store {}: {}",
                        from,
                        Objects.equals(key, next.key)
                                ? "a directory below it disappeared and was recreated"
                                : "it was replaced by another directory, which is used from now on");
        close();
        return next;
    }

    void close() throws IOException {
        if (scratch.isPresent()) {
            scratch.get().close();
        }
    }
}
