package io.alertstream.storage.file;

import io.alertstream.storage.ObjectName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The first entries of a directory after a bound, in order. Directories are read unsorted, and one with millions of
 * files takes too much memory to sort; so all of it is read, and only the first entries are kept.
 *
 * @param from the bound
 * @param entries ordered by key
 * @param complete whether the directory has no more of them
 * @param modified the directory's modification time, taken before it was read
 */
record DirectoryWindow(String from, List<Entry> entries, boolean complete, FileTime modified) {

    /** Bounds the memory to a few megabytes. */
    static final int MAX_ENTRIES = 20_000;

    /**
     * A file or a directory.
     *
     * @param key the name, with a slash for directories; sorts entries in the order of the object names
     */
    record Entry(String key, long size) {

        boolean isDirectory() {
            return key.endsWith("/");
        }

        /** Whether it may contain objects after the bound. */
        boolean reachesBeyond(String bound) {
            return key.compareTo(bound) > 0 || (isDirectory() && bound.startsWith(key));
        }
    }

    /** The window of a directory that doesn't exist. */
    static DirectoryWindow empty(String from) {
        return new DirectoryWindow(from, List.of(), true, FileTime.fromMillis(0));
    }

    /**
     * Reads a directory to its end. Entries that are neither files nor directories, or whose names aren't valid for
     * objects, are left out.
     *
     * @param prefix how keys begin
     * @param from the bound after which entries are wanted
     */
    static DirectoryWindow read(Path directory, String prefix, String from, int maxEntries) throws IOException {
        PriorityQueue<Entry> first =
                new PriorityQueue<>(Comparator.comparing(Entry::key).reversed());
        boolean complete = true;
        FileTime modified;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            modified = Files.getLastModifiedTime(directory);
            for (Path path : all) {
                String name = path.getFileName().toString();
                // Finding out the kind takes a system call, so entries that are excluded either way are skipped.
                boolean full = first.size() == maxEntries;
                if (!name.startsWith(prefix) || !ObjectName.isValid(name) || !mayReachBeyond(name, from)) {
                    continue;
                }
                if (full && name.compareTo(first.element().key()) > 0) {
                    complete = false;
                    continue;
                }
                entry(path, name).filter(entry -> entry.reachesBeyond(from)).ifPresent(first::add);
                if (first.size() > maxEntries) {
                    first.remove();
                    complete = false;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        List<Entry> entries = new ArrayList<>(first);
        entries.sort(Comparator.comparing(Entry::key));
        return new DirectoryWindow(from, entries, complete, modified);
    }

    /** Whether it does, either as a file or as a directory. */
    private static boolean mayReachBeyond(String name, String bound) {
        return new Entry(name + "/", 0).reachesBeyond(bound);
    }

    /** Empty if it isn't a file or a directory, or is gone. */
    private static Optional<Entry> entry(Path path, String name) throws IOException {
        try {
            BasicFileAttributes about =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (about.isDirectory()) {
                return Optional.of(new Entry(name + "/", 0));
            }
            return about.isRegularFile() ? Optional.of(new Entry(name, about.size())) : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** The last key, or the bound if there are no entries. */
    String last() {
        return entries.isEmpty() ? from : entries.get(entries.size() - 1).key();
    }

    /** Whether it is valid for another bound: it then has every entry after that, up to its last. */
    boolean covers(String bound) {
        return from.compareTo(bound) <= 0 && (complete || bound.compareTo(last()) < 0);
    }
}
