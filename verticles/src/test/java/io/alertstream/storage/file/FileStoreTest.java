package io.alertstream.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.ObjectStoreContract;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.UnusableObjectException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file store guarantees beyond the contract. */
class FileStoreTest extends ObjectStoreContract {

    @TempDir
    Path directory;

    @Override
    protected ObjectStore open() throws IOException {
        Files.createDirectory(root());
        return open(root(), Access.READ_WRITE);
    }

    private ObjectStore open(Path root, Access access) {
        return new FileLocation(root).open(vertx, access);
    }

    private Path root() {
        return directory.resolve("alerts");
    }

    @Test
    void anObjectIsAFileWithItsNameUnderTheRoot() {
        create(NAME, bytes(10));

        assertThat(root().resolve("alert_archive/v1/alerts/170.avro.gz")).hasBinaryContent(bytes(10));
    }

    @Test
    void noTemporaryFilesAreLeft() throws IOException {
        create(NAME, bytes(10));
        create(NAME, bytes(10));

        assertThat(temporaryFiles()).containsExactly("lock");
    }

    @Test
    void temporaryFilesOfDeadProcessesAreDeleted() throws IOException {
        Path left = Files.createDirectories(root().resolve(".tmp/0e5b"));
        Files.writeString(left.resolve("17"), "half an obj");
        Files.createFile(left.resolve("lock"));
        Files.createDirectories(root().resolve(".tmp/died-at-once"));

        create(NAME, bytes(10));

        assertThat(left).doesNotExist();
        assertThat(root().resolve(".tmp/died-at-once")).doesNotExist();
    }

    @Test
    void temporaryFilesOfThisProcessAreKept() throws IOException {
        create(NAME, bytes(10));
        ObjectStore other = open(root(), Access.READ_WRITE);
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
    void symbolicLinksAreNotFollowed() throws IOException {
        create("v2/one", bytes(10));
        Files.writeString(directory.resolve("secret"), "secret");
        Files.createSymbolicLink(root().resolve("out"), directory);
        Files.createSymbolicLink(root().resolve("v2/two"), directory.resolve("secret"));

        assertThatThrownBy(() -> await(store.read("out/secret"))).hasMessageContaining("symbolic link");
        assertUnusable("v2/two", "is a symbolic link, expected a file");
        assertThatThrownBy(() -> create("out/more", bytes(10))).hasMessageContaining("symbolic link");
        assertThat(directory.resolve("more")).doesNotExist();
    }

    @Test
    void aVanishedRootIsNotAnEmptyArchive() throws IOException {
        create(NAME, bytes(10));
        ObjectStore reader = open(root(), Access.READ);
        assertThat(await(reader.read("one"))).isEmpty();
        Files.move(root(), directory.resolve("elsewhere"));

        assertOperator(() -> await(reader.read(NAME)), "doesn't exist; mount or create");
        assertOperator(() -> await(reader.check()), "doesn't exist; mount or create");
        for (String name : List.of("one", "v2/alerts/one", NAME)) {
            assertOperator(() -> create(name, bytes(1)), "doesn't exist; mount or create");
            assertThat(root()).doesNotExist();
        }

        Files.move(directory.resolve("elsewhere"), root());
        assertThat(await(reader.read(NAME))).isPresent();
        create("one", bytes(1));
        await(reader.close());
    }

    @Test
    void aRootIsNotCreatedAndUsedOnceItExists() throws IOException {
        Path mounted = directory.resolve("mnt/alerts");
        ObjectStore writer = open(mounted, Access.READ_WRITE);
        ObjectStore reader = open(mounted, Access.READ);
        for (ObjectStore away : List.of(writer, reader)) {
            assertOperator(() -> await(away.check()), mounted + " doesn't exist");
            assertOperator(() -> await(away.read(NAME)), mounted + " doesn't exist");
        }
        assertOperator(() -> await(writer.create(NAME, bytes(1), "text/plain", Map.of())), "create " + NAME);
        assertThat(directory.resolve("mnt")).doesNotExist();

        Files.createDirectories(mounted);

        await(writer.create(NAME, bytes(1), "text/plain", Map.of()));
        await(reader.check());
        assertThat(await(reader.read(NAME))).isPresent();
        await(writer.close());
        await(reader.close());
    }

    @Test
    void theRootOfALocalSystemIsCreated() throws IOException {
        Path made = directory.resolve("data/of/local");

        new FileLocation(made).makeRoot();
        new FileLocation(made).makeRoot();

        assertThat(made).isEmptyDirectory();
    }

    @Test
    void aFarTooLargeFileIsNotRead() throws IOException {
        create(NAME, bytes(10));
        try (RandomAccessFile huge = new RandomAccessFile(root().resolve("huge").toFile(), "rw")) {
            huge.setLength(1L << 40);
        }

        assertUnusable("huge", "has 1099511627776 bytes, expected at most 67108864");
    }

    @Test
    void onlyRegularFilesAreRead() throws IOException {
        Files.createDirectories(root().resolve("v2/directory/with/more"));
        Files.createSymbolicLink(root().resolve("v2/dangling"), directory.resolve("nowhere"));

        assertUnusable("v2/directory", "is a directory, expected a file");
        assertUnusable("v2/dangling", "is a symbolic link, expected a file");
    }

    /** Opening one would block a thread until something is written to it. */
    @Test
    void aNamedPipeIsNotOpened() throws Exception {
        create("v2/one", bytes(10));
        boolean made = new ProcessBuilder("mkfifo", root().resolve("v2/pipe").toString())
                        .start()
                        .waitFor()
                == 0;
        assumeThat(made).as("mkfifo makes a named pipe").isTrue();

        assertUnusable("v2/pipe", "is a device, a named pipe or a socket, expected a file");
    }

    /** The file stays as it is when an object of that name is created, and the store still works. */
    private void assertUnusable(String name, String reason) {
        assertThat(create(name, bytes(10))).isEqualTo(Creation.EXISTS);
        assertThatThrownBy(() -> await(store.read(name)))
                .isInstanceOf(UnusableObjectException.class)
                .hasMessage("file store " + root() + ": " + name + " " + reason);
        await(store.check());
    }

    private static void assertOperator(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.OPERATOR))
                .hasMessageStartingWith("file store /")
                .hasMessageContaining(message);
    }
}
