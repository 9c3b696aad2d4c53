package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFileTest {

    @Test
    void theNumberOfAlertsIsReadFromTheSettingsFile(@TempDir Path directory) throws Exception {
        Path settings = Files.writeString(directory.resolve("settings.yaml"), "SAMPLE_ALERTS: 2");
        Path sample = directory.resolve("sample.avro");

        String written = SampleFile.write(sample.toString(), Map.of("CONFIG_FILE", settings.toString()));

        assertThat(written).startsWith("2 alerts in " + sample);
        assertThat(sample).isNotEmptyFile();
    }
}
