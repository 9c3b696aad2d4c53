package io.alertstream;

import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The free space of {@code local}'s directory. Kafka's broker ends without a word that names the disk when it is full. */
final class DiskSpace {

    /** Kafka's first segments and indexes, and room to stop in order. */
    static final long LEAST_BYTES = 256L << 20;

    /** What a run with default settings comes to take. */
    static final long USUAL_BYTES = 2L << 30;

    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);

    private final Path directory;
    private final Lookup lookup;

    /** Looks up the bytes that this user may still write to the disk of an existing directory. */
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

    /** Refuses a disk that is all but full. */
    void require(SettingsReader in) {
        usable().filter(bytes -> bytes < LEAST_BYTES)
                .ifPresent(bytes -> in.refuse(
                        Settings.DATA_DIR,
                        "a directory on a disk with at least " + (LEAST_BYTES >> 20) + " MiB to spare; this one has "
                                + (bytes >> 20) + " MiB"));
    }

    /** Says so if a run with default settings might fill the disk. */
    void warnIfTight() {
        usable().filter(bytes -> bytes < USUAL_BYTES)
                .ifPresent(bytes -> log.warn(
                        "the disk of {} has {} MiB to spare; a run with default settings takes up to {} MiB: smaller values of SAMPLE_ALERTS and LOCAL_REPLAY_RETENTION take less",
                        directory.toAbsolutePath(),
                        bytes >> 20,
                        USUAL_BYTES >> 20));
    }

    /** The failure itself, or what matters about it if the disk is full. */
    Throwable explain(Throwable failure) {
        return usable().filter(bytes -> bytes < LEAST_BYTES / 16)
                .<Throwable>map(bytes -> new IOException(
                        "the disk of " + directory.toAbsolutePath() + " is full (" + (bytes >> 20)
                                + " MiB to spare), and the embedded broker can't go on: make room, or set DATA_DIR to a larger disk, and start again; what is archived stays",
                        failure))
                .orElse(failure);
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
