package io.alertstream.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.alertstream.storage.BlockingStore;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.ObjectStoreContract;
import io.alertstream.storage.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What survives a power cut, by the strictest reading of POSIX: the bytes that a file had when it was forced to disk,
 * and the names that a directory had when it was.
 */
class DurabilityTest {

    private static final byte[] CONTENT = ObjectStoreContract.bytes(3000);

    @TempDir
    Path root;

    private final Disk disk = new Disk();
    private BlockingStore store;

    /** What has been forced to disk so far. */
    private static final class Disk implements Sync {

        /** The sizes of files, by the key that identifies each under any name. */
        final Map<Object, Long> bytes = new HashMap<>();

        final Map<Path, Set<Path>> names = new HashMap<>();

        @Override
        public void content(Path path, FileChannel file) throws IOException {
            bytes.put(key(path), file.size());
        }

        @Override
        public void names(Path directory) throws IOException {
            try (Stream<Path> now = Files.list(directory)) {
                names.put(directory, now.collect(Collectors.toSet()));
            }
        }

        boolean has(Path below, Path path) {
            return path.equals(below)
                    || (names.getOrDefault(path.getParent(), Set.of()).contains(path) && has(below, path.getParent()));
        }
    }

    @BeforeEach
    void open() throws IOException {
        root = root.toRealPath();
        store = new FileObjects(root, true, 1 << 20, disk);
    }

    @Test
    void aCreatedObjectSurvivesAPowerCut() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            String name = "v" + random.nextInt(3) + "/alerts/" + random.nextInt(5) + "/" + i;

            assertThat(create(name)).isEqualTo(Creation.CREATED);

            Path file = root.resolve(name);
            assertThat(disk.has(root, file))
                    .as("the name %s, seed %d", name, seed)
                    .isTrue();
            assertThat(disk.bytes).as("the bytes of %s, seed %d", name, seed).containsEntry(key(file), (long)
                    CONTENT.length);
        }
    }

    @Test
    void bytesAreForcedBeforeTheyAreNamed() {
        Sync failing = new Sync() {
            @Override
            public void content(Path path, FileChannel file) throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public void names(Path directory) {}
        };
        BlockingStore failed = new FileObjects(root, true, 1 << 20, failing);

        assertThat(catchThrowable(() -> failed.create("v2/one", CONTENT, "text/plain", Map.of())))
                .isInstanceOf(StoreException.class);

        assertThat(root.resolve("v2/one")).doesNotExist();
    }

    /** The process that made the file or its directories may have died before forcing them to disk. */
    @Test
    void anExistingObjectSurvivesAPowerCutToo() throws IOException {
        Path file = root.resolve("v2/alerts/1/one");
        Files.createDirectories(file.getParent());
        Files.write(file, CONTENT);

        assertThat(create("v2/alerts/1/one")).isEqualTo(Creation.EXISTS);

        assertThat(disk.has(root, file)).isTrue();
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private Creation create(String name) {
        return store.create(name, CONTENT, "text/plain", Map.of());
    }
}
