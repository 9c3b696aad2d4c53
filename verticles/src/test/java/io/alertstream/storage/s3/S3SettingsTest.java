package io.alertstream.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.kafka.TestCertificate;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3SettingsTest {

    @TempDir
    Path directory;

    @Test
    void byDefaultItIsAmazonsWithTheSdksCredentials() {
        assertThat(read(Map.of()))
                .isEqualTo(new S3Settings(
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        S3Checksums.CRC32C,
                        S3WriteOnce.IF_NONE_MATCH,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void everySetting() throws Exception {
        S3Settings.KeyFiles keys = TestKeys.in(directory);
        Path ca = Files.writeString(
                directory.resolve("ca.pem"),
                TestCertificate.make(directory, "ca").certificate());

        assertThat(read(Map.of(
                        "S3_ENDPOINT", "https://s3.test:8443",
                        "S3_REGION", "eu-1",
                        "S3_PATH_STYLE", "false",
                        "S3_CHECKSUMS", "md5",
                        "S3_WRITE_ONCE", "check-then-put",
                        "S3_ACCESS_KEY_FILE", keys.accessKey().toString(),
                        "S3_SECRET_KEY_FILE", keys.secretKey().toString(),
                        "S3_CA_FILE", ca.toString())))
                .isEqualTo(new S3Settings(
                        Optional.of(URI.create("https://s3.test:8443")),
                        Optional.of("eu-1"),
                        false,
                        S3Checksums.MD5,
                        S3WriteOnce.CHECK_THEN_PUT,
                        Optional.of(keys),
                        Optional.of(ca)));
    }

    /** Few gateways have a host name for each bucket. */
    @Test
    void aGatewayIsAddressedByPath() {
        assertThat(read(Map.of("S3_ENDPOINT", "http://127.0.0.1:9000")).pathStyle())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "S3_ENDPOINT, s3.test:8443, an address such as",
        "S3_ENDPOINT, https://me:secret@s3.test, without user",
        "S3_ENDPOINT, https://s3.test/?x, 'without user, query'",
        "S3_REGION, US EAST, a region's name",
        "S3_PATH_STYLE, yes, true or false",
        "S3_CHECKSUMS, sha1, 'one of crc32c, md5'",
        "S3_WRITE_ONCE, never, 'one of check-then-put, if-none-match'",
        "S3_ACCESS_KEY_FILE, /does/not/exist, a readable file",
        "S3_CA_FILE, /does/not/exist, a readable file",
        "S3_CA_FILE, /dev/null, neither a file nor a directory",
    })
    void unusableValuesAreRefused(String setting, String value, String expected) {
        assertThatThrownBy(() -> read(Map.of(setting, value)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(expected);
    }

    @Test
    void aKeyHasTwoParts() throws IOException {
        S3Settings.KeyFiles keys = TestKeys.in(directory);

        assertThatThrownBy(
                        () -> read(Map.of("S3_ACCESS_KEY_FILE", keys.accessKey().toString())))
                .hasMessageContaining("S3_SECRET_KEY_FILE");
        assertThatThrownBy(
                        () -> read(Map.of("S3_SECRET_KEY_FILE", keys.secretKey().toString())))
                .hasMessageContaining("S3_ACCESS_KEY_FILE");
        Files.writeString(keys.secretKey(), "");
        assertThatThrownBy(() -> read(Map.of(
                        "S3_ACCESS_KEY_FILE", keys.accessKey().toString(),
                        "S3_SECRET_KEY_FILE", keys.secretKey().toString())))
                .hasMessageContaining("a file that holds one line of text");
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws IOException {
        Path ca = Files.writeString(directory.resolve("ca.pem"), "no certificate\n");

        assertThatThrownBy(() -> read(Map.of("S3_CA_FILE", ca.toString())))
                .hasMessageContaining("a PEM file with the certificates to trust");
    }

    private static S3Settings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), S3Settings::read);
    }
}
