package io.alertstream.loadtest.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Stores objects as durably as the archive's file store, so that they survive a power cut: writes a temporary file,
 * forces it to disk, links it to an unused name and forces the directory to disk. Also reads them back.
 */
final class StoreLoop implements AutoCloseable {

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path directory;
    private final Path temporary;
    private final Path objects;
    private final List<byte[]> contents;
    private final AtomicLong stored = new AtomicLong();

    /**
     * @param parent on the disk to be measured
     * @param contents of the objects, in turn
     */
    StoreLoop(Path parent, List<byte[]> contents) throws IOException {
        this.contents = contents;
        directory = Files.createTempDirectory(Files.createDirectories(parent), "load-test-");
        temporary = Files.createDirectory(directory.resolve("tmp"));
        objects = Files.createDirectory(directory.resolve("objects"));
    }

    /** Stores one object; when all are stored, their numbers have no gaps. */
    void store(long number) throws IOException {
        Path aside = temporary.resolve(Long.toString(number));
        try (FileChannel channel = FileChannel.open(aside, NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(contents.get((int) (number % contents.size())));
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.createLink(file(number), aside);
        Files.delete(aside);
        try (FileChannel channel = FileChannel.open(objects, StandardOpenOption.READ)) {
            channel.force(true);
        }
        stored.incrementAndGet();
    }

    /** Reads one of the stored objects, in turn. */
    byte[] read(long number) throws IOException {
        return Files.readAllBytes(file(number % stored.get()));
    }

    private Path file(long number) {
        return objects.resolve(number + ".avro.gz");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
