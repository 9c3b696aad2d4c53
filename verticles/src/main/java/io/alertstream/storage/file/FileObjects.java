package io.alertstream.storage.file;

import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.ObjectStore.Creation;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Objects as files below a root. A file is written under a temporary name and forced to disk, then linked to its final
 * name, which fails if that exists, and the directory is forced to disk. So an object reported as created survives
 * SIGKILL and a power cut, and a partial object is never visible. Forcing both is cheap with about 16 threads at a
 * time, because the file system then writes its journal once for all of them.
 *
 * <p>Cleaning up or restoring a directory tree removes directories that existed a moment ago. A missing directory below
 * the root is created again, and a root that was replaced is used from then on; the root itself is never created.
 */
final class FileObjects implements BlockingStore {

    private final Path path;
    private final boolean writable;
    private final int maxObjectBytes;
    private final Sync sync;
    private final FileListing listing = new FileListing(Clock.systemUTC(), DirectoryWindow.MAX_ENTRIES);
    private Optional<Root> opened = Optional.empty();

    /**
     * @param path the root, which must exist when the store is used
     */
    FileObjects(Path path, boolean writable, int maxObjectBytes, Sync sync) {
        this.path = path.toAbsolutePath().normalize();
        this.writable = writable;
        this.maxObjectBytes = maxObjectBytes;
        this.sync = sync;
    }

    @Override
    public Creation create(String name, byte[] content, String contentType, Map<String, String> metadata) {
        try {
            Root root = root();
            try {
                return create(root, name, content);
            } catch (NoSuchFileException vanished) {
                return create(reopened(root), name, content);
            }
        } catch (IOException e) {
            throw FileFailures.of(path, "create " + name, e);
        }
    }

    private Creation create(Root root, String name, byte[] content) throws IOException {
        Scratch scratch = root.scratch().orElseThrow(() -> new IllegalStateException("opened for reading"));
        Path file = root.file(name);
        root.directories().create(file.getParent());
        Creation creation = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Creation.EXISTS
                : scratch.write(content, sync, temporary -> link(file, temporary));
        // Even if the file exists: the process that created it may have died before doing this.
        sync.names(file.getParent());
        return creation;
    }

    private static Creation link(Path file, Path temporary) throws IOException {
        try {
            Files.createLink(file, temporary);
            return Creation.CREATED;
        } catch (FileAlreadyExistsException e) {
            return Creation.EXISTS;
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        return find(name, file -> file.readAll(maxObjectBytes));
    }

    @Override
    public Optional<byte[]> read(String name, long from, int length) {
        return find(name, file -> file.read(from, length));
    }

    @Override
    public Optional<ObjectInfo> info(String name) {
        return find(name, file -> new ObjectInfo(name, file.size(), OptionalInt.empty()));
    }

    /** An operation on a file that holds an object. */
    private interface Question<T> {
        T of(ObjectFile file) throws IOException;
    }

    private <T> Optional<T> find(String name, Question<T> question) {
        try {
            Root root = root();
            Optional<T> answer = find(root, name, question);
            return answer.isPresent() || root.isThere() ? answer : find(reopened(root), name, question);
        } catch (IOException e) {
            throw FileFailures.of(path, "read " + name, e);
        }
    }

    private <T> Optional<T> find(Root root, String name, Question<T> question) throws IOException {
        Path file = root.file(name);
        if (!root.directories().exists(file.getParent())) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.of(new ObjectFile(toString(), name, file)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public ObjectPage list(String prefix, String after) {
        try {
            Root root = root();
            ObjectPage page = list(root, prefix, after);
            return !page.objects().isEmpty() || root.isThere() ? page : list(reopened(root), prefix, after);
        } catch (IOException e) {
            throw FileFailures.of(path, "list " + prefix, e);
        }
    }

    private ObjectPage list(Root root, String prefix, String after) throws IOException {
        Path directory = root.file(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        return root.directories().exists(directory)
                ? listing.page(directory, prefix, after)
                : new ObjectPage(List.of(), Optional.empty());
    }

    @Override
    public void check() {
        try {
            Root root = root();
            Path directory = (root.isThere() ? root : reopened(root)).path();
            if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
                throw new IOException("can't be read by the user of this process: change its permissions");
            }
        } catch (IOException e) {
            throw FileFailures.of(path, "use it", e);
        }
    }

    private synchronized Root root() throws IOException {
        if (opened.isEmpty()) {
            opened = Optional.of(Root.open(path, writable, sync));
        }
        return opened.get();
    }

    /** The root to use instead of a stale one, which was replaced or has lost a directory below it. */
    private synchronized Root reopened(Root stale) throws IOException {
        Root root = root();
        if (root.equals(stale)) {
            root = stale.reopen(path, sync);
            opened = Optional.of(root);
        }
        return root;
    }

    @Override
    public String toString() {
        return "file store " + path;
    }

    @Override
    public synchronized void close() {
        try {
            if (opened.isPresent()) {
                opened.get().close();
            }
        } catch (IOException e) {
            throw FileFailures.of(path, "close it", e);
        }
    }
}
