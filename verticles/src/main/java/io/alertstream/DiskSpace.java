package io.alertstream;

import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
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

    /** Warns if a run with default settings might fill the disk. */
    void warnIfTight() {
        usable().filter(bytes -> bytes < USUAL_BYTES)
                .ifPresent(bytes -> log.warn(
                        "the disk of {} has {} MiB free; a run with default settings needs up to {} MiB; smaller values of SAMPLE_ALERTS and LOCAL_REPLAY_RETENTION need less",
                        directory.toAbsolutePath(),
                        bytes >> 20,
                        USUAL_BYTES >> 20));
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
