package io.alertstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.StoreLocation;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files add to what every store promises. */
class FileStoreTest extends ObjectStoreContract {

    private static final StoreSettings READ_WRITE = new StoreSettings(Optional.empty(), false, true);

    @TempDir
    Path directory;

    @Override
    ObjectStore open() {
        return open(root(), READ_WRITE);
    }

    private ObjectStore open(Path root, StoreSettings settings) {
        return Stores.open(vertx, new StoreLocation.Directory(root), settings);
    }

    private Path root() {
        return directory.resolve("alerts");
    }

    @Test
    void anObjectIsAFileOfItsNameUnderTheRoot() {
        create(NAME, bytes(10));

        assertThat(root().resolve("alert_archive/v1/alerts/170.avro.gz")).hasBinaryContent(bytes(10));
    }

    @Test
    void noTemporaryFileStays() throws IOException {
        create(NAME, bytes(10));
        create(NAME, bytes(10));

        assertThat(temporaryFiles()).containsExactly("lock");
    }

    @Test
    void whatDeadProcessesLeftGoesWhenTheStoreIsOpened() throws IOException {
        Path left = Files.createDirectories(root().resolve(".tmp/0e5b"));
        Files.writeString(left.resolve("17"), "half an obj");
        Files.createFile(left.resolve("lock"));
        Files.createDirectories(root().resolve(".tmp/died-at-once"));

        create(NAME, bytes(10));

        assertThat(left).doesNotExist();
        assertThat(root().resolve(".tmp/died-at-once")).doesNotExist();
    }

    @Test
    void anotherStoreOfThisProcessKeepsItsTemporaryFiles() throws IOException {
        create(NAME, bytes(10));
        ObjectStore other = open(root(), READ_WRITE);
        await(other.create("other", bytes(10), "text/plain", Map.of()));
        assertThat(temporaryFiles()).containsExactly("lock", "lock");

        await(other.close());

        create("one", bytes(10));
        assertThat(temporaryFiles()).containsExactly("lock");
    }

    private Stream<String> temporaryFiles() throws IOException {
        try (Stream<Path> all =
                Files.find(root().resolve(".tmp"), 2, (path, attributes) -> attributes.isRegularFile())) {
            return all
                    .filter(path -> !path.getParent().endsWith(".tmp"))
                    .map(path -> path.getFileName().toString())
                    .toList()
                    .stream();
        }
    }

    @Test
    void aSymbolicLinkLeadsNowhere() throws IOException {
        create("v2/one", bytes(10));
        Files.writeString(directory.resolve("secret"), "secret");
        Files.createSymbolicLink(root().resolve("out"), directory);
        Files.createSymbolicLink(root().resolve("v2/two"), directory.resolve("secret"));

        assertThatThrownBy(() -> await(store.read("out/secret"))).hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> await(store.read("v2/two"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> create("out/more", bytes(10))).hasMessageContaining("symbolic link");
        assertThat(directory.resolve("more")).doesNotExist();
    }

    @Test
    void aRootThatVanishedIsNotAnEmptyArchive() throws IOException {
        create(NAME, bytes(10));
        ObjectStore reader = open(root(), READ_WRITE.readOnly());
        assertThat(await(reader.read("one"))).isEmpty();
        Files.move(root(), directory.resolve("elsewhere"));

        assertOperator(() -> await(reader.read(NAME)), "doesn't exist; mount or make");
        assertOperator(() -> await(reader.check()), "doesn't exist; mount or make");
        assertOperator(() -> create("one", bytes(1)), "doesn't exist; mount or make");

        Files.createDirectory(root());
        assertOperator(() -> await(reader.read(NAME)), "another directory");
        assertOperator(() -> await(reader.check()), "another directory");
        assertOperator(() -> create("one", bytes(1)), "");
        assertThat(root()).isEmptyDirectory();

        Files.delete(root());
        Files.move(directory.resolve("elsewhere"), root());
        assertThat(await(reader.read(NAME))).isPresent();
        create("one", bytes(1));
        await(reader.close());
    }

    @Test
    void aReaderWaitsForTheDirectoryThatAWriterMakes() {
        ObjectStore reader = open(root(), READ_WRITE.readOnly());
        assertOperator(() -> await(reader.check()), root() + " doesn't exist");
        assertThat(root()).doesNotExist();

        create(NAME, bytes(10));

        await(reader.check());
        assertThat(await(reader.read(NAME))).isPresent();
    }

    @Test
    void aRootThatCantBeMadeIsTriedAgain() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        ObjectStore below = open(file.resolve("alerts"), READ_WRITE);

        assertOperator(() -> await(below.check()), file.toString());
        assertOperator(() -> await(below.create(NAME, bytes(1), "text/plain", Map.of())), "create " + NAME);

        Files.delete(file);
        await(below.create(NAME, bytes(1), "text/plain", Map.of()));
        await(below.close());
    }

    @Test
    void aFileFarTooLargeIsNotRead() throws IOException {
        create(NAME, bytes(10));
        try (RandomAccessFile huge = new RandomAccessFile(root().resolve("huge").toFile(), "rw")) {
            huge.setLength(1L << 40);
        }

        assertOperator(() -> await(store.read("huge")), "1099511627776 bytes, expected at most 67108864");
    }

    private static void assertOperator(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.OPERATOR))
                .hasMessageStartingWith("file store /")
                .hasMessageContaining(message);
    }
}
