package io.alertstream.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Directories below a root. Those that were seen to be there, and to be below the root in truth and not by way of a
 * symbolic link, are remembered, so that the usual case costs no system call.
 */
final class Directories {

    /** Bounds the memory; a layout has a few thousand at most. */
    private static final int MAX_KNOWN = 10_000;

    private final Path root;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /**
     * @param root its real path
     */
    Directories(Path root) {
        this.root = root;
    }

    /** Whether it exists; fails if it isn't below the root. */
    boolean exists(Path directory) throws IOException {
        if (known.contains(directory)) {
            return true;
        }
        if (!Files.isDirectory(directory)) {
            return false;
        }
        if (!directory.toRealPath().startsWith(root)) {
            throw new FileSystemException(directory.toString(), null, "leads out of " + root + " by a symbolic link");
        }
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        known.add(directory);
        return true;
    }

    /** Makes it and those above it, durably, where they don't exist. */
    void create(Path directory) throws IOException {
        if (directory.equals(root) || exists(directory)) {
            return;
        }
        create(directory.getParent());
        Files.createDirectories(directory);
        force(directory.getParent());
        exists(directory);
    }

    /** It wasn't there when it was used. */
    void forget(Path directory) {
        known.remove(directory);
    }

    /** Flushes to disk which files a directory holds. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
