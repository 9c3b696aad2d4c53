package io.alertstream.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one store of one process writes files before they get their names: {@code ROOT/.tmp/UUID}. A lock on a file in
 * it shows that the process is alive. A directory without a lock belongs to a dead process, and is deleted when the
 * next store opens.
 */
final class Scratch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    static final String DIRECTORY = ".tmp";

    private static final String LOCK = "lock";

    /**
     * This process's own directories. Their locks are never tested: POSIX releases a file's lock as soon as the
     * process closes any descriptor of that file. Directories are opened under this object's monitor.
     */
    private static final Set<Path> OPEN = new HashSet<>();

    private final AtomicLong counter = new AtomicLong();
    private final Path directory;
    private final FileChannel lock;

    private Scratch(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Opens a directory below the root, which must exist, and deletes what dead processes left behind. */
    static Scratch open(Path root) throws IOException {
        Path all = Files.createDirectories(root.toRealPath().resolve(DIRECTORY));
        synchronized (OPEN) {
            // Other processes open theirs under this lock too, so that none deletes a new directory before it is
            // locked.
            try (FileChannel channel = openForLock(all.resolve(LOCK))) {
                channel.lock();
                deleteDead(all);
                Path own = Files.createDirectory(all.resolve(UUID.randomUUID().toString()));
                FileChannel lock = openForLock(own.resolve(LOCK));
                lock.lock();
                OPEN.add(own);
                return new Scratch(own, lock);
            }
        }
    }

    /** The use of a file once it has been written. */
    interface Use<T> {
        T of(Path file) throws IOException;
    }

    /**
     * Writes a file, forces it to disk, uses it, and deletes it.
     *
     * @return what the use returns
     */
    <T> T write(byte[] content, Sync sync, Use<T> use) throws IOException {
        Path file = directory.resolve(Long.toString(counter.incrementAndGet()));
        try {
            try (FileChannel channel = FileChannel.open(file, NEW)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                sync.content(file, channel);
            }
            return use.of(file);
        } finally {
            discard(file);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("temporary file not deleted; it is deleted with its directory");
        }
    }

    /** Works even if the directory has been deleted. */
    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            OPEN.remove(directory);
            lock.close();
            delete(directory);
        }
    }

    private static FileChannel openForLock(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void deleteDead(Path all) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(all, Files::isDirectory)) {
            for (Path other : others) {
                if (!OPEN.contains(other) && isDead(other)) {
                    delete(other);
                }
            }
        }
    }

    private static boolean isDead(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock dead = channel.tryLock()) {
            return dead != null;
        } catch (NoSuchFileException died) {
            return true;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.deleteIfExists(directory);
    }
}
