package io.alertstream.storage.file;

import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.UnusableObjectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;

/**
 * Objects as files below a root. A file is written under a temporary name and forced to disk, then linked to its name,
 * which fails if there is one, and the directory is forced to disk: an object that was reported as created outlives
 * SIGKILL and a power cut, and half an object never has a name. Forcing both costs nothing that matters as long as
 * about 16 threads do it side by side, for the file system then writes its journal for all of them at once.
 *
 * <p>Whoever cleans up or restores a directory tree takes directories away that were there a moment ago. What is missing
 * below the root is made again, and a root that was replaced is used from then on; the root itself is never made.
 */
final class FileObjects implements BlockingStore {

    private final Path path;
    private final boolean writable;
    private final int maxObjectBytes;
    private final Sync sync;
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
        // Also for a file that exists: whoever made it may have died before this.
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
        try {
            Root root = root();
            Optional<byte[]> content = read(root, name);
            return content.isPresent() || root.isThere() ? content : read(reopened(root), name);
        } catch (IOException e) {
            throw FileFailures.of(path, "read " + name, e);
        }
    }

    private Optional<byte[]> read(Root root, String name) throws IOException {
        Path file = root.file(name);
        if (!root.directories().exists(file.getParent())) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(name, file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private byte[] read(String name, Path file) throws IOException {
        // Looked at before it is opened: opening a named pipe waits until somebody writes into it.
        BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!about.isRegularFile()) {
            throw unusable(name, "is " + kind(about) + ", expected a file");
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            if (size > maxObjectBytes) {
                throw unusable(name, "has " + size + " bytes, expected at most " + maxObjectBytes);
            }
            return read(channel, (int) size);
        }
    }

    private UnusableObjectException unusable(String name, String reason) {
        return new UnusableObjectException(toString(), name + " " + reason);
    }

    private static String kind(BasicFileAttributes about) {
        if (about.isDirectory()) {
            return "a directory";
        }
        return about.isSymbolicLink() ? "a symbolic link" : "a device, a named pipe or a socket";
    }

    private static byte[] read(SeekableByteChannel channel, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the file ends after " + buffer.position() + " of " + size + " bytes");
            }
        }
        return buffer.array();
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

    /** What to use instead of a root below which something vanished, or which was replaced. */
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
