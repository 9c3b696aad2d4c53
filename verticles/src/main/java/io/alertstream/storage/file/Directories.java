package io.alertstream.storage.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Directories below a root. Those known to exist, and to lie below the root without a symbolic link on the way, are
 * cached, so that the usual case costs no system call.
 */
final class Directories {

    /** Bounds the memory; a layout has a few thousand at most. */
    private static final int MAX_KNOWN = 10_000;

    private final Path root;
    private final Sync sync;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    /**
     * @param root its real path
     */
    Directories(Path root, Sync sync) {
        this.root = root;
        this.sync = sync;
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
            throw new FileSystemException(
                    directory.toString(), null, "leads out of " + root + " through a symbolic link");
        }
        remember(known, directory);
        return true;
    }

    /** Creates the directory and its missing parents below the root, durably. Never creates the root. */
    void create(Path directory) throws IOException {
        if (directory.equals(root) || durable.contains(directory)) {
            return;
        }
        create(directory.getParent());
        if (!exists(directory)) {
            make(directory);
        }
        // Even if it exists: the process that created it may have died before forcing it to disk.
        sync.names(directory.getParent());
        remember(durable, directory);
    }

    private void make(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!exists(directory)) {
                throw e;
            }
        }
    }

    private static void remember(Set<Path> directories, Path directory) {
        if (directories.size() >= MAX_KNOWN) {
            directories.clear();
        }
        directories.add(directory);
    }
}
