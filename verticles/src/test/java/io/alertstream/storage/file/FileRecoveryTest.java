package io.alertstream.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.ObjectStore.Creation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After anything below a file store is deleted, moved or restored, the next object is still stored and read. */
class FileRecoveryTest {

    private static final int ROUNDS = 200;

    @TempDir
    Path directory;

    private Path root;
    private int replaced;

    /** What others may do to a store's files. */
    private enum Disturbance {
        NONE,
        SCRATCH_VANISHES,
        ALL_SCRATCH_VANISHES,
        LOCKS_VANISH,
        OBJECTS_VANISH,
        EVERYTHING_VANISHES,
        REPLACED_BY_EMPTY,
        REPLACED_BY_COPY
    }

    @Test
    void theNextObjectIsStoredWhateverDisappeared() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        root = Files.createDirectory(directory.resolve("alerts"));
        BlockingStore writer = new FileObjects(root, true, 1 << 20, Sync.TO_DISK);
        BlockingStore another = new FileObjects(root, true, 1 << 20, Sync.TO_DISK);
        BlockingStore reader = new FileObjects(root, false, 1 << 20, Sync.TO_DISK);
        for (int round = 0; round < ROUNDS; round++) {
            Disturbance disturbance = Disturbance.values()[random.nextInt(Disturbance.values().length)];
            disturb(disturbance);
            String name = "v2/alerts/" + random.nextInt(5) + "/" + round + ".avro.gz";
            byte[] content = new byte[random.nextInt(2000)];
            random.nextBytes(content);
            String what = "seed " + seed + ", round " + round + ", " + disturbance;
            BlockingStore store = random.nextInt(4) == 0 ? another : writer;

            assertThat(store.create(name, content, "text/plain", Map.of()))
                    .as(what)
                    .isEqualTo(Creation.CREATED);

            for (BlockingStore each : List.of(reader, writer, another)) {
                assertThat(each.read(name).map(Arrays::hashCode)).as(what).contains(Arrays.hashCode(content));
                each.check();
            }
        }
        for (BlockingStore each : List.of(reader, writer, another)) {
            each.close();
        }
        try (Stream<Path> left = Files.list(root.resolve(".tmp"))) {
            assertThat(left.filter(Files::isDirectory)).as("seed " + seed).isEmpty();
        }
    }

    private void disturb(Disturbance disturbance) throws IOException {
        switch (disturbance) {
            case NONE -> {}
            case SCRATCH_VANISHES -> deleteBelow(root.resolve(".tmp"));
            case ALL_SCRATCH_VANISHES -> {
                deleteBelow(root.resolve(".tmp"));
                Files.deleteIfExists(root.resolve(".tmp"));
            }
            case LOCKS_VANISH -> {
                for (Path lock : find(root, "lock")) {
                    Files.delete(lock);
                }
            }
            case OBJECTS_VANISH -> deleteBelow(root.resolve("v2"));
            case EVERYTHING_VANISHES -> deleteBelow(root);
            case REPLACED_BY_EMPTY -> {
                Files.move(root, directory.resolve("old-" + replaced++));
                Files.createDirectory(root);
            }
            case REPLACED_BY_COPY -> {
                Path old = directory.resolve("old-" + replaced++);
                Files.move(root, old);
                copy(old, root);
            }
        }
    }

    private static List<Path> find(Path below, String name) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(path -> path.endsWith(name)).toList();
        }
    }

    private static void deleteBelow(Path top) throws IOException {
        if (Files.exists(top)) {
            try (Stream<Path> all = Files.walk(top)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    if (!path.equals(top)) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }
}
