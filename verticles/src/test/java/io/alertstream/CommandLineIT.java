package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arguments of the built jar. */
class CommandLineIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpIsShown(String argument) throws Exception {
        try (JarProcess help = JarProcess.start(directory, Map.of(), argument)) {
            assertThat(help.exitStatus(LIMIT)).isZero();
            assertThat(help.output()).contains("REPLAY_INTERVAL").contains("--write-sample FILE");
        }
    }

    @Test
    void writeSampleWithoutAFileIsExplained() throws Exception {
        try (JarProcess sample = JarProcess.start(directory, Map.of(), "--write-sample")) {
            assertThat(sample.exitStatus(LIMIT)).isEqualTo(2);
            assertThat(sample.output()).contains("--write-sample expects one argument, the file to write");
        }
    }

    @ParameterizedTest
    @CsvSource({"ar, EG", "tr, TR", "de, DE"})
    void numbersAreTheSameInEveryLanguage(String language, String country) throws Exception {
        Map<String, String> settings = Map.of(
                "SAMPLE_ALERTS",
                "3",
                "JAVA_TOOL_OPTIONS",
                "-Duser.language=%s -Duser.country=%s".formatted(language, country));
        try (JarProcess sample = JarProcess.start(directory, settings, "--write-sample", language + ".avro")) {
            assertThat(sample.exitStatus(LIMIT)).as(sample.output()).isZero();
            assertThat(sample.output()).containsPattern("3 alerts in " + language + "\\.avro, 0\\.[0-9] MB");
        }
    }
}
