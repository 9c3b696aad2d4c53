package io.alertstream.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file system that a directory is on, and the one that would appear in its place if that were unmounted.
 *
 * @param beneath empty if the directory is on the file system of {@code /}
 */
record Mount(Object device, Optional<Object> beneath) {

    /** Says which file system a path is on. */
    interface Devices {

        /** On systems without device numbers, all paths count as one file system. */
        Devices OF_THIS_MACHINE =
                path -> path.getFileSystem().supportedFileAttributeViews().contains("unix")
                        ? Files.getAttribute(path, "unix:dev")
                        : "one";

        Object of(Path path) throws IOException;
    }

    /**
     * The mount of a directory.
     *
     * @param directory its real path
     */
    static Mount of(Path directory, Devices devices) throws IOException {
        Object device = devices.of(directory);
        for (Path above = directory.getParent(); above != null; above = above.getParent()) {
            Object other = devices.of(above);
            if (!other.equals(device)) {
                return new Mount(device, Optional.of(other));
            }
        }
        return new Mount(device, Optional.empty());
    }

    /** Whether this file system has been unmounted: whether the given one, at the same path, is the one beneath it. */
    boolean isAwayFrom(Mount now) {
        return beneath.isPresent() && beneath.get().equals(now.device());
    }
}
