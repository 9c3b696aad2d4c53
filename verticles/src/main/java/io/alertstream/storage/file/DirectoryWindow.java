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
 * Some entries of a directory in order: the first that come after a bound. A directory comes in no order, and one with
 * millions of files fits into no memory that one wants to give it; so it is read through, and only the first entries are
 * kept.
 *
 * @param from the bound
 * @param entries in the order of their keys
 * @param complete whether the directory has no more of them
 * @param modified when the directory was changed last, as seen before it was read
 */
record DirectoryWindow(String from, List<Entry> entries, boolean complete, FileTime modified) {

    /** Bounds the memory to a few megabytes. */
    static final int MAX_ENTRIES = 20_000;

    /**
     * A file or a directory.
     *
     * @param key orders entries as the names of the objects in them: the name, and for directories a slash
     */
    record Entry(String key, long size) {

        boolean isDirectory() {
            return key.endsWith("/");
        }

        /** Whether objects that come after the bound may be in it. */
        boolean reachesBeyond(String bound) {
            return key.compareTo(bound) > 0 || (isDirectory() && bound.startsWith(key));
        }
    }

    /** That of a directory which isn't there. */
    static DirectoryWindow empty(String from) {
        return new DirectoryWindow(from, List.of(), true, FileTime.fromMillis(0));
    }

    /**
     * Reads a directory through. What is neither a file nor a directory, or has no name of an object, is left out.
     *
     * @param prefix how keys begin
     * @param from what reaches beyond that is wanted
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
                // What kind it is takes a system call: not for those that are out of question either way.
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

    /** Whether it does as a file or as a directory. */
    private static boolean mayReachBeyond(String name, String bound) {
        return new Entry(name + "/", 0).reachesBeyond(bound);
    }

    /** Empty if it isn't one that counts, or is gone. */
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

    /** The last key; the bound itself where there are no entries. */
    String last() {
        return entries.isEmpty() ? from : entries.get(entries.size() - 1).key();
    }

    /** Whether it holds all that is wanted after another bound, as far as it reaches. */
    boolean covers(String bound) {
        return from.compareTo(bound) <= 0 && (complete || bound.compareTo(last()) < 0);
    }
}
