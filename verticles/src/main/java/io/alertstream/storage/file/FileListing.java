package io.alertstream.storage.file;

import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.file.DirectoryWindow.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Lists files below a root in the byte order of their names. It holds one {@link DirectoryWindow} per level of
 * directories and one for the next page, however many files there are. Listing a directory of a million files reads it
 * 50 times if it isn't being written to, otherwise once per page.
 */
final class FileListing {

    /** A directory modified within this time may change again without a new modification time. */
    private static final Duration UNSURE = Duration.ofSeconds(2);

    private final Clock clock;
    private final int windowEntries;
    private volatile Optional<Kept> kept = Optional.empty();

    /** A window in which the next page may begin. */
    private record Kept(Path directory, String prefix, DirectoryWindow window) {

        boolean serves(Path wanted, String wantedPrefix, String bound) throws IOException {
            return directory.equals(wanted)
                    && prefix.equals(wantedPrefix)
                    && window.covers(bound)
                    && Files.getLastModifiedTime(directory).equals(window.modified());
        }
    }

    FileListing(Clock clock, int windowEntries) {
        this.clock = clock;
        this.windowEntries = windowEntries;
    }

    /**
     * Lists a page.
     *
     * @param directory that contains all objects with the prefix; must exist
     * @param prefix of names; up to its last slash it is the directory's
     */
    ObjectPage page(Path directory, String prefix, String after) throws IOException {
        int slash = prefix.lastIndexOf('/') + 1;
        List<ObjectInfo> found = new ArrayList<>();
        collect(directory, prefix.substring(0, slash), prefix.substring(slash), after, found);
        return new ObjectPage(
                found,
                found.size() < ObjectPage.MAX_OBJECTS
                        ? Optional.empty()
                        : Optional.of(found.get(found.size() - 1).name()));
    }

    private void collect(Path directory, String base, String prefix, String after, List<ObjectInfo> found)
            throws IOException {
        if (!after.startsWith(base) && after.compareTo(base) > 0) {
            return;
        }
        String bound = after.startsWith(base) ? after.substring(base.length()) : "";
        boolean more = true;
        for (boolean first = true; more; first = false) {
            DirectoryWindow window = window(directory, prefix, bound);
            for (Entry entry : window.entries()) {
                if (first ? !entry.reachesBeyond(bound) : entry.key().compareTo(bound) <= 0) {
                    continue;
                }
                if (entry.isDirectory()) {
                    collect(directory.resolve(entry.key()), base + entry.key(), "", after, found);
                } else {
                    found.add(new ObjectInfo(base + entry.key(), entry.size(), OptionalInt.empty()));
                }
                if (found.size() == ObjectPage.MAX_OBJECTS) {
                    return;
                }
            }
            more = !window.complete();
            bound = window.last();
        }
    }

    private DirectoryWindow window(Path directory, String prefix, String bound) throws IOException {
        Optional<Kept> last = kept;
        try {
            if (last.isPresent() && last.get().serves(directory, prefix, bound)) {
                return last.get().window();
            }
            long sure = clock.millis() - UNSURE.toMillis();
            DirectoryWindow window = DirectoryWindow.read(directory, prefix, bound, windowEntries);
            // A small one is cheap to read again, and would displace an expensive one.
            if (window.entries().size() > ObjectPage.MAX_OBJECTS
                    && window.modified().toMillis() < sure) {
                kept = Optional.of(new Kept(directory, prefix, window));
            }
            return window;
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return DirectoryWindow.empty(bound);
        }
    }
}
