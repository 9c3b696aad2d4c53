package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.ops.LogFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutOfMemoryIT {

    private static final Duration LIMIT = Duration.ofSeconds(50);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "event loop, TEXT",
        "thread, TEXT",
        "Kafka's thread, TEXT",
        "worker, TEXT",
        "worker, JSON",
        "connection, TEXT",
    })
    void outOfMemoryOnAnyThreadEndsTheProcess(String place, LogFormat format) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                OutOfMemoryProcess.class.getName(),
                place,
                format.name());
        try (JarProcess process = JarProcess.run(directory, Map.of(), command)) {
            assertThat(process.exitStatus(LIMIT)).as(process.output()).isEqualTo(1);
            assertThat(process.output())
                    .contains("java.lang.OutOfMemoryError: ")
                    .containsPattern("\\(the heap is at most [0-9]+ MiB\\): ending with status 1");
        }
    }
}
