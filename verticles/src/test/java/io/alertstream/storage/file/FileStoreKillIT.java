package io.alertstream.storage.file;

import static io.alertstream.storage.ObjectStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStoreContract;
import io.alertstream.storage.StoreLocation.Access;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while writing files. */
class FileStoreKillIT {

    private static final int BYTES = 1 << 20;

    @TempDir
    Path root;

    /** Writes objects concurrently without end, and prints the number of each one reported as created. */
    static final class Writer {

        private final ObjectStore store;
        private int next;

        private Writer(ObjectStore store) {
            this.store = store;
        }

        public static void main(String[] args) {
            Vertx vertx = Vertx.vertx();
            vertx.runOnContext(start -> {
                Writer writer = new Writer(open(vertx, Path.of(args[0])));
                for (int i = 0; i < 16; i++) {
                    writer.write();
                }
            });
        }

        private void write() {
            int number = next++;
            store.create("v2/" + number, content(number), "text/plain", Map.of())
                    .onSuccess(created -> {
                        System.out.println(number);
                        write();
                    });
        }
    }

    private static byte[] content(int number) {
        byte[] content = ObjectStoreContract.bytes(BYTES);
        content[0] = (byte) number;
        return content;
    }

    private static ObjectStore open(Vertx vertx, Path root) {
        return new FileLocation(root).open(vertx, Access.READ_WRITE);
    }

    @Test
    @Timeout(60)
    void leavesOnlyWholeObjectsAndEveryReportedOne() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Integer> reported;
        try (BufferedReader out = process.inputReader()) {
            Stream<String> first = Stream.generate(() -> line(out)).limit(40);
            List<String> lines = first.toList();
            process.toHandle().destroyForcibly(); // Process.destroyForcibly would close the stream as well.
            reported = Stream.concat(lines.stream(), out.lines())
                    .filter(line -> line.matches("\\d+"))
                    .map(Integer::valueOf)
                    .toList();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(temporary()).as("something was being written").isNotEmpty();

        Vertx vertx = Vertx.vertx();
        ObjectStore store = open(vertx, root);
        for (int number : reported) {
            assertThat(await(store.read("v2/" + number))).get().isEqualTo(content(number));
        }
        for (Path file : files(root.resolve("v2"))) {
            assertThat(file).hasSize(BYTES);
        }
        await(store.create("v2/last", content(0), "text/plain", Map.of()));
        assertThat(temporary()).as("temporary files after the cleanup").hasSize(1);
        await(store.close());
        await(vertx.close());
    }

    private static String line(BufferedReader out) {
        try {
            return out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> temporary() throws IOException {
        return files(root.resolve(".tmp")).stream()
                .filter(file -> !file.getParent().endsWith(".tmp"))
                .toList();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
