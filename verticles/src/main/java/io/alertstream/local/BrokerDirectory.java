package io.alertstream.local;

import io.alertstream.local.BrokerException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.storage.Formatter;

/** The embedded broker's directory, locked from opening to closing: formatted once, and continued after that. */
final class BrokerDirectory implements AutoCloseable {

    private static final String LOCK = "in-use.lock";

    /** Files that an interrupted first start may leave: formatting writes meta.properties last. */
    private static final Set<String> UNFINISHED =
            Set.of(LOCK, ".lock", "bootstrap.checkpoint", "bootstrap.checkpoint.tmp", "meta.properties.tmp");

    private final Path path;
    private final FileChannel lockFile;

    private BrokerDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Locks the directory, and formats it if it is new.
     *
     * @throws BrokerException if it can't be used
     */
    static BrokerDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lockFile =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            BrokerDirectory directory = new BrokerDirectory(path, lockFile);
            try {
                directory.lock();
                directory.formatIfNew();
                return directory;
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BrokerException(
                    Problem.DIRECTORY_UNUSABLE, "the broker's directory " + path + " can't be used: " + e, e);
        }
    }

    Path path() {
        return path;
    }

    private void lock() throws IOException {
        FileLock lock = null;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another broker of this process has locked it, which makes no difference to the caller.
        }
        if (lock == null) {
            throw new BrokerException(
                    Problem.DIRECTORY_IN_USE, "the broker's directory " + path + " is in use by another process");
        }
    }

    private void formatIfNew() throws IOException {
        Path formatted = path.resolve("meta.properties");
        if (Files.exists(formatted)) {
            requireReadable(formatted);
            return;
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<String> others = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !UNFINISHED.contains(name))
                    .sorted()
                    .toList();
            if (!others.isEmpty()) {
                throw new BrokerException(
                        Problem.DIRECTORY_FOREIGN,
                        "the broker's directory " + path + " holds no Kafka log (no meta.properties) but "
                                + others.get(0) + (others.size() > 1 ? " and more" : "")
                                + ": expected an empty or a new directory");
            }
        }
        format();
    }

    /** Kafka's own message says only that the file can't be read. */
    private static void requireReadable(Path formatted) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(formatted)) {
            properties.load(in);
            new MetaProperties.Builder(properties).build();
        } catch (RuntimeException e) {
            throw new BrokerException(
                    Problem.DIRECTORY_FOREIGN,
                    formatted + " can't be read: " + e.getMessage() + ". Expected a log of Kafka "
                            + AppInfoParser.getVersion() + " or an empty directory",
                    e);
        }
    }

    private void format() throws IOException {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(BrokerConfig.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(path.toString()))
                    .setMetadataLogDirectory(path.toString())
                    .setControllerListenerName(BrokerConfig.CONTROLLER)
                    .setScramArguments(List.of(CommunityAccess.SCRAM_CREDENTIALS))
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("formatting failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new BrokerException(Problem.FAILED, "the lock of " + path + " can't be released: " + e, e);
        }
    }
}
