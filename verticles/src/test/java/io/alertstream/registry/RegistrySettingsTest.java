package io.alertstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Secret;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrySettingsTest {

    @TempDir
    Path directory;

    @Test
    void defaults() {
        assertThat(read(Map.of()))
                .isEqualTo(new RegistrySettings(URI.create("http://localhost:8081"), new Credentials.None()));
    }

    @Test
    void basicAuthentication() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "s3cret\n");
        RegistrySettings expected = new RegistrySettings(
                URI.create("https://registry/path"), new Credentials.Basic("mona", new Secret("s3cret")));
        assertThat(read(Map.of(
                        "SCHEMA_REGISTRY_URL",
                        "https://registry/path",
                        "SCHEMA_REGISTRY_USERNAME",
                        "mona",
                        "SCHEMA_REGISTRY_PASSWORD",
                        "s3cret")))
                .isEqualTo(expected);
        assertThat(read(Map.of(
                        "SCHEMA_REGISTRY_URL",
                        "https://registry/path",
                        "SCHEMA_REGISTRY_USERNAME",
                        "mona",
                        "SCHEMA_REGISTRY_PASSWORD_FILE",
                        file.toString())))
                .isEqualTo(expected);
        assertThat(expected.toString()).doesNotContain("s3cret");
    }

    @Test
    void bearerToken() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "t0ken");
        Credentials expected = new Credentials.Bearer(new Secret("t0ken"));
        assertThat(read(Map.of("SCHEMA_REGISTRY_TOKEN", "t0ken")).credentials()).isEqualTo(expected);
        assertThat(read(Map.of("SCHEMA_REGISTRY_TOKEN_FILE", file.toString())).credentials())
                .isEqualTo(expected);
    }

    @Test
    void refusals() throws IOException {
        refused(Map.of("SCHEMA_REGISTRY_USERNAME", "mona"), "SCHEMA_REGISTRY_PASSWORD is not set");
        refused(Map.of("SCHEMA_REGISTRY_PASSWORD", "s3cret"), "SCHEMA_REGISTRY_USERNAME is not set");
        refused(
                Map.of("SCHEMA_REGISTRY_USERNAME", "mo:na", "SCHEMA_REGISTRY_PASSWORD", "s3cret"),
                "SCHEMA_REGISTRY_USERNAME = \"mo:na\"");
        refused(
                Map.of(
                        "SCHEMA_REGISTRY_TOKEN",
                        "t0ken",
                        "SCHEMA_REGISTRY_USERNAME",
                        "mona",
                        "SCHEMA_REGISTRY_PASSWORD",
                        "s3cret"),
                "SCHEMA_REGISTRY_TOKEN = (secret)");
        refused(
                Map.of(
                        "SCHEMA_REGISTRY_TOKEN_FILE",
                        directory.resolve("nowhere").toString()),
                "SCHEMA_REGISTRY_TOKEN_FILE");
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        refused(Map.of("SCHEMA_REGISTRY_TOKEN_FILE", empty.toString()), "SCHEMA_REGISTRY_TOKEN_FILE");
        refused(
                Map.of("SCHEMA_REGISTRY_TOKEN_FILE", empty.toString(), "SCHEMA_REGISTRY_TOKEN", "t0ken"),
                "SCHEMA_REGISTRY_TOKEN_FILE");
        refused(Map.of("SCHEMA_REGISTRY_URL", "http://mona:s3cret@registry"), "SCHEMA_REGISTRY_USERNAME");
        refused(Map.of("SCHEMA_REGISTRY_URL", "http://registry?a=b"), "SCHEMA_REGISTRY_URL");
        refused(Map.of("SCHEMA_REGISTRY_URL", "registry:8081"), "SCHEMA_REGISTRY_URL");
    }

    private static void refused(Map<String, String> values, String problem) {
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("s3cret", "t0ken");
    }

    private static RegistrySettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), RegistrySettings::read);
    }
}
