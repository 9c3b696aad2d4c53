package io.alertstream.storage;

import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects as files below a root. A file is written under a temporary name and forced to disk, then linked to its name,
 * which fails if there is one, and the directory is forced to disk: an object that was reported as created outlives
 * SIGKILL and a power cut, and half an object never has a name. Forcing both costs nothing that matters as long as
 * about 16 threads do it side by side, for the file system then writes its journal for all of them at once.
 */
final class FileObjects implements BlockingStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileObjects.class);
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path path;
    private final boolean writable;
    private final int maxObjectBytes;
    private Optional<Root> opened = Optional.empty();

    /** The root as it was when it could be opened first: its real path, which directory that is, and what is in use. */
    private record Root(Path path, Object key, Directories directories, Optional<Scratch> scratch) {

        Path file(String name) {
            return path.resolve(name.startsWith("/") ? name.substring(1) : name);
        }
    }

    /**
     * @param path the root; made on first use if the store is writable
     */
    FileObjects(Path path, boolean writable, int maxObjectBytes) {
        this.path = path.toAbsolutePath().normalize();
        this.writable = writable;
        this.maxObjectBytes = maxObjectBytes;
    }

    @Override
    public Creation create(String name, byte[] content, String contentType, Map<String, String> metadata) {
        try {
            Root root = root();
            Scratch scratch = root.scratch().orElseThrow(() -> new IllegalStateException("opened for reading"));
            Path file = root.file(name);
            root.directories().create(file.getParent());
            return create(root, scratch, file, content);
        } catch (IOException e) {
            throw FileTrouble.of(path, "create " + name, e);
        }
    }

    private static Creation create(Root root, Scratch scratch, Path file, byte[] content) throws IOException {
        Creation creation = Creation.EXISTS;
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Path temporary = scratch.next();
            try {
                write(temporary, content);
                creation = link(root, file, temporary);
            } finally {
                discard(temporary);
            }
        }
        // Whoever made the file that exists may have died before it did this.
        Directories.force(file.getParent());
        return creation;
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static Creation link(Root root, Path file, Path temporary) throws IOException {
        try {
            Files.createLink(file, temporary);
            return Creation.CREATED;
        } catch (FileAlreadyExistsException e) {
            return Creation.EXISTS;
        } catch (NoSuchFileException e) {
            root.directories().forget(file.getParent());
            throw e;
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // It goes when the store is closed or opened next.
            LOG.atDebug().setCause(e).log("a temporary file stays behind");
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        try {
            Root root = root();
            Path file = root.file(name);
            if (root.directories().exists(file.getParent())) {
                try (SeekableByteChannel channel =
                        Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.of(read(name, channel));
                } catch (NoSuchFileException e) {
                    // Not there, or nothing is there any more.
                }
            }
            checkThere(root);
            return Optional.empty();
        } catch (IOException e) {
            throw FileTrouble.of(path, "read " + name, e);
        }
    }

    private byte[] read(String name, SeekableByteChannel channel) throws IOException {
        long size = channel.size();
        if (size > maxObjectBytes) {
            throw new StoreException(
                    Remedy.OPERATOR,
                    "file store " + path + ": " + name + " has " + size + " bytes, expected at most " + maxObjectBytes,
                    null);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) size);
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
            checkThere(root);
            if (!Files.isReadable(root.path()) || !Files.isExecutable(root.path())) {
                throw new IOException("can't be read by the user of this process: change its permissions");
            }
        } catch (IOException e) {
            throw FileTrouble.of(path, "use it", e);
        }
    }

    /** An unmounted disk isn't an empty archive. */
    private static void checkThere(Root root) throws IOException {
        if (!Objects.equals(key(root.path()), root.key())) {
            throw new IOException("another directory is in its place than at the start: mount it again or restart");
        }
    }

    private static Object key(Path directory) throws IOException {
        return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    }

    private synchronized Root root() throws IOException {
        if (opened.isEmpty()) {
            if (writable) {
                Files.createDirectories(path);
            }
            Path real = path.toRealPath();
            Optional<Scratch> scratch = writable ? Optional.of(Scratch.open(real)) : Optional.empty();
            opened = Optional.of(new Root(real, key(real), new Directories(real), scratch));
        }
        return opened.get();
    }

    @Override
    public String toString() {
        return "file store " + path;
    }

    @Override
    public synchronized void close() {
        try {
            if (opened.isPresent() && opened.get().scratch().isPresent()) {
                opened.get().scratch().get().close();
            }
        } catch (IOException e) {
            throw FileTrouble.of(path, "close it", e);
        }
    }
}
