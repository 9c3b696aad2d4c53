package io.alertstream;

import io.alertstream.settings.Setting;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The free space of {@code local}'s directory. Kafka's broker doesn't stop when its disk is full: it takes its log
 * offline, and for half a minute logs warnings that don't name the disk. So the process shuts down while there is still
 * room to.
 */
final class DiskSpace {

    /** Kafka's first segments and indexes, and room to shut down. */
    static final long LEAST_BYTES = 256L << 20;

    /** Room to shut down: the last offsets, and the broker's last writes. */
    static final long STOP_BYTES = 64L << 20;

    /** What a run with default settings eventually takes. */
    static final long USUAL_BYTES = 2L << 30;

    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);

    private final Path directory;
    private final Lookup lookup;

    /** Looks up the bytes that this user can still write to a directory's disk. */
    @FunctionalInterface
    interface Lookup {
        long usableBytes(Path directory) throws IOException;
    }

    DiskSpace(Path directory) {
        this(directory, existing -> Files.getFileStore(existing).getUsableSpace());
    }

    DiskSpace(Path directory, Lookup lookup) {
        this.directory = directory;
        this.lookup = lookup;
    }

    /** Refuses a disk that is nearly full. */
    void require(SettingsReader in) {
        usable().filter(bytes -> bytes < LEAST_BYTES)
                .ifPresent(bytes -> in.refuse(
                        Settings.DATA_DIR,
                        "a directory on a disk with at least " + (LEAST_BYTES >> 20) + " MiB free; this one has "
                                + (bytes >> 20) + " MiB"));
    }

    /**
     * Refuses a sample for which there is no room.
     *
     * @param setting that makes the sample smaller
     * @param bytes of the sample
     * @param replaced a directory that is deleted before the sample is loaded; it needn't exist
     */
    void requireRoom(SettingsReader in, Setting<?> setting, long bytes, Path replaced) {
        usable().map(free -> free + size(replaced))
                .filter(free -> free < bytes + LEAST_BYTES)
                .ifPresent(free -> in.refuse(
                        setting,
                        ("a sample that fits on the disk of DATA_DIR: this one takes about %,d MB, local needs %,d MB"
                                        + " besides, and %,d MB are free")
                                .formatted(bytes / 1_000_000, LEAST_BYTES / 1_000_000, free / 1_000_000)));
    }

    /**
     * Warns if the run might fill the disk.
     *
     * @param bytes that it takes besides the archive; a small run counts as a usual one
     * @param replaced a directory that is deleted before the sample is loaded; it needn't exist
     */
    void warnIfTight(long bytes, Path replaced) {
        long expected = Math.max(USUAL_BYTES, bytes);
        tightness(expected, replaced)
                .ifPresent(free -> log.warn(
                        "the disk of {} has room for {} MiB; a run with these settings needs up to {} MiB;"
                                + " smaller values of SAMPLE_ALERTS, SAMPLE_NIGHT and LOCAL_REPLAY_RETENTION need less",
                        directory.toAbsolutePath(),
                        free >> 20,
                        expected >> 20));
    }

    /** The bytes that the run can have, if they are fewer than expected. */
    Optional<Long> tightness(long expected, Path replaced) {
        return usable().map(free -> free + size(replaced)).filter(free -> free < expected);
    }

    /**
     * Checks the disk at this interval until it is nearly full. A slow check delays the next one.
     *
     * @param onFull called once, with a failure that names the disk
     */
    void watch(Vertx vertx, Duration interval, Consumer<Throwable> onFull) {
        vertx.setTimer(interval.toMillis(), timer -> vertx.executeBlocking(this::full, false)
                .onComplete(
                        full -> full.ifPresentOrElse(onFull, () -> watch(vertx, interval, onFull)),
                        failed -> watch(vertx, interval, onFull)));
    }

    /** The failure itself, or one that names the disk if it is full. */
    Throwable explain(Throwable failure) {
        return full().map(cause -> cause.initCause(failure)).orElse(failure);
    }

    private Optional<Throwable> full() {
        return usable().filter(bytes -> bytes < STOP_BYTES)
                .<Throwable>map(
                        bytes -> new IOException(
                                "the disk of " + directory.toAbsolutePath() + " is full ("
                                        + (bytes >> 20)
                                        + " MiB free): free some space, or set DATA_DIR to a larger disk, and start again; what is archived stays"));
    }

    /** Bytes of a directory's files; 0 if it can't be read. */
    private static long size(Path files) {
        try (Stream<Path> all = Files.list(files)) {
            return all.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            log.debug("the size of {} is unknown", files, e);
            return 0;
        }
    }

    private Optional<Long> usable() {
        Path existing = directory.toAbsolutePath().normalize();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return Optional.ofNullable(existing).isPresent()
                    ? Optional.of(lookup.usableBytes(existing))
                    : Optional.empty();
        } catch (IOException e) {
            log.debug("the free space of {} is unknown", directory, e);
            return Optional.empty();
        }
    }
}
