package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a file in a JVM whose heap is a fraction of the file's size. */
class BoundedMemoryTest {

    private static final int ALERTS = 2_500;
    private static final int CUTOUT_BYTES = 82_000;
    private static final String HEAP = "-Xmx32m";

    @TempDir
    private Path directory;

    @Test
    void aFileManyTimesLargerThanTheHeapIsRead() throws Exception {
        Path file = TestAlerts.write(
                directory.resolve("visit.avro"),
                "null",
                TestAlerts.SCHEMA,
                Collections.nCopies(ALERTS, TestAlerts.alert(1, CUTOUT_BYTES)));
        assertThat(Files.size(file)).isGreaterThan(200_000_000);

        Path output = directory.resolve("output");
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(reader.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            reader.destroyForcibly();
        }
        assertThat(output).content(StandardCharsets.UTF_8).contains("checked " + ALERTS + ", read " + ALERTS);
        assertThat(reader.exitValue()).isZero();
    }

    /** What runs in that JVM. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] args) {
            AlertFile file = AlertFile.open(Path.of(args[0]));
            long checked = file.check().alerts();
            long read = 0;
            try (AlertStream alerts = file.open(file.schema(), 1)) {
                while (alerts.hasNext()) {
                    alerts.next();
                    read++;
                }
            }
            System.out.println("checked " + checked + ", read " + read);
        }
    }
}
