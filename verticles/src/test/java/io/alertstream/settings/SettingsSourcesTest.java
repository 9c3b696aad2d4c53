package io.alertstream.settings;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.AllSettings;
import io.alertstream.loader.AlertsSchema;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class SettingsSourcesTest {

    @TempDir
    Path directory;

    @Test
    void theEnvironmentOverridesTheFile(Vertx vertx) throws Exception {
        Path file =
                write("settings.yaml", "HTTP_PORT: 3001\nOPS_PORT: 9001\nALERTS_SCHEMA: 9.10\nREPLAY_PAUSED: true\n");

        SettingsReader reader = reader(vertx, Map.of("CONFIG_FILE", file.toString(), "HTTP_PORT", "3002"));

        assertThat(reader.get(Settings.HTTP_PORT)).isEqualTo(3002);
        assertThat(reader.get(Settings.OPS_PORT)).isEqualTo(9001);
        assertThat(reader.get(Settings.REPLAY_PAUSED.setting())).isTrue();
        assertThat(reader.get(AlertsSchema.SETTING)).hasToString("Version[version=9.10]");
    }

    @Test
    void propertiesFilesAreReadToo(Vertx vertx) throws Exception {
        Path file = write("settings.properties", "HTTP_PORT=3001\n# a comment\nSTATIC_TOPIC = visit\n");

        SettingsReader reader = reader(vertx, Map.of("CONFIG_FILE", file.toString()));

        assertThat(reader.get(Settings.HTTP_PORT)).isEqualTo(3001);
        assertThat(reader.get(Settings.STATIC_TOPIC)).isEqualTo("visit");
    }

    @Test
    void anEmptyFileSetsNothing(Vertx vertx) throws Exception {
        Path file = write("settings.yaml", "# nothing yet\n");

        assertThat(reader(vertx, Map.of("CONFIG_FILE", file.toString())).get(Settings.HTTP_PORT))
                .isEqualTo(3000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settings.yaml       | HTTP_PROT: 1          | HTTP_PROT in file",
                "settings.yaml       | http_port: 1          | perhaps HTTP_PORT",
                "settings.yaml       | HTTP_PORT: [1         | YAML of the form NAME: value",
                "settings.yaml       | HTTP_PORT: {a: 1}     | YAML of the form NAME: value",
                "settings.yaml       | [1, 2]                | YAML of the form NAME: value",
                "settings.yaml       | CONFIG_FILE: x        | expected it in the environment",
                "settings.json       | {}                    | .yaml, .yml or .properties",
                "settings.properties | HTTP_PORT=\\uZZZZ     | a readable file",
            })
    void aFileWithoutSettingsIsRefused(String name, String text, String message, Vertx vertx) throws Exception {
        Path file = write(name, text);

        assertThatThrownBy(() -> reader(vertx, Map.of("CONFIG_FILE", file.toString())))
                .hasCauseInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMissingFileIsRefused(Vertx vertx) {
        Path file = directory.resolve("none.yaml");

        assertThatThrownBy(() -> reader(vertx, Map.of("CONFIG_FILE", file.toString())))
                .hasCauseInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("CONFIG_FILE")
                .hasMessageContaining(file.toString());
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private static SettingsReader reader(Vertx vertx, Map<String, String> environment) throws Exception {
        return new SettingsReader(SettingsSources.open(vertx, AllSettings.CATALOG, environment)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS)
                .list());
    }
}
