package io.alertstream.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings of directories far larger than the window of entries held in memory. */
class FileListingTest {

    private final Clock later = Clock.fixed(Instant.now().plus(Duration.ofHours(1)), ZoneOffset.UTC);

    @TempDir
    Path root;

    @Test
    void everyFileIsListedOnceHoweverFewFitIntoMemory() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            String name = Integer.toString(random.nextInt(40), 36)
                    + (random.nextBoolean() ? "-" : "/")
                    + Integer.toString(random.nextInt(1000), 36);
            Path file = root.resolve(name);
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.createFile(file);
            }
            names.add(name);
        }
        for (int windowEntries : List.of(2, 7, 50, 2000)) {
            for (Clock clock : List.of(Clock.systemUTC(), later)) {
                assertThat(list(new FileListing(clock, windowEntries), ""))
                        .as("seed %d, %d entries held", seed, windowEntries)
                        .containsExactlyElementsOf(names);
            }
        }
        FileListing listing = new FileListing(later, 5);
        for (int i = 0; i < 50; i++) {
            String after = Integer.toString(random.nextInt(50_000), 36);
            assertThat(listing.page(root, "", after).objects())
                    .as("seed %d, after %s", seed, after)
                    .extracting(ObjectInfo::name)
                    .containsExactlyElementsOf(names.tailSet(after, false).stream()
                            .limit(ObjectPage.MAX_OBJECTS)
                            .toList());
        }
    }

    @Test
    void aCachedWindowShowsNewFiles() throws IOException {
        for (int i : IntStream.range(10_000, 13_500).toArray()) {
            Files.createFile(root.resolve(Integer.toString(i)));
        }
        FileListing listing = new FileListing(later, DirectoryWindow.MAX_ENTRIES);
        ObjectPage first = listing.page(root, "", "");

        Files.createFile(root.resolve("10999x"));
        // Ensures a new modification time; on a coarse clock it could equal the one of the window.
        Files.setLastModifiedTime(root, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(listing.page(root, "", first.next().orElseThrow())
                        .objects()
                        .get(0)
                        .name())
                .isEqualTo("10999x");
    }

    @Test
    void otherFilesAreNotListed() throws IOException {
        Files.createDirectories(root.resolve(".tmp/1"));
        Files.createFile(root.resolve(".tmp/1/2"));
        Files.createFile(root.resolve("a file"));
        Files.createFile(root.resolve("b\u00e9"));
        Files.createSymbolicLink(root.resolve("link"), root);
        Files.createFile(root.resolve("object"));
        Files.createDirectories(root.resolve("empty/directory"));

        assertThat(list(new FileListing(Clock.systemUTC(), 100), "")).containsExactly("object");
    }

    private List<String> list(FileListing listing, String prefix) throws IOException {
        List<String> names = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            ObjectPage page = listing.page(root, prefix, next.get());
            page.objects().forEach(object -> names.add(object.name()));
            next = page.next();
        }
        return names;
    }
}
