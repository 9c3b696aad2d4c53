package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.InvalidSettingsException.Problem;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {

    @TempDir
    static Path temp;

    private static TestCertificate one;
    private static TestCertificate other;
    private static Path ca;
    private static Path cert;
    private static Path key;

    @BeforeAll
    static void makeFiles() throws Exception {
        one = TestCertificate.make(temp, "one");
        other = TestCertificate.make(temp, "other");
        ca = file("ca.crt", other.certificate() + "some words between\n" + one.certificate());
        cert = file("user.crt", one.certificate());
        key = file("user.key", one.key());
    }

    @Test
    void defaultsAreForALocalBroker() {
        assertThat(read(Map.of())).isEqualTo(KafkaSettings.plaintext("localhost:9092"));
    }

    @Test
    void everySettingIsRead() throws IOException {
        KafkaSettings mtls = read(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9093",
                "KAFKA_SECURITY", "mtls",
                "KAFKA_CA_FILE", ca.toString(),
                "KAFKA_CERT_FILE", cert.toString(),
                "KAFKA_KEY_FILE", key.toString()));
        assertThat(mtls.bootstrapServers()).isEqualTo("kafka:9093");
        assertThat(mtls.security()).isEqualTo(KafkaSecurity.MTLS);
        assertThat(mtls.files()).containsOnlyKeys("KAFKA_CA_FILE", "KAFKA_CERT_FILE", "KAFKA_KEY_FILE");

        Path password = file("password", "se\"cret\\\n");
        KafkaSettings scram = read(Map.of(
                "KAFKA_SECURITY", "scram-tls",
                "KAFKA_USERNAME", "alerts",
                "KAFKA_PASSWORD_FILE", password.toString()));
        assertThat(scram.username()).contains("alerts");
        assertThat(scram.password().orElseThrow().reveal()).isEqualTo("se\"cret\\");
        assertThat(scram.files()).containsOnlyKeys("KAFKA_PASSWORD_FILE");
        assertThat(scram.toString()).doesNotContain("cret\\");
    }

    @Test
    void missingSettingsAreReported() {
        assertRefused(Map.of("KAFKA_SECURITY", "mtls"), "KAFKA_CERT_FILE", "KAFKA_KEY_FILE");
        assertRefused(Map.of("KAFKA_SECURITY", "scram"), "KAFKA_USERNAME", "KAFKA_PASSWORD");
        assertRefused(Map.of("KAFKA_SECURITY", "scram-tls", "KAFKA_USERNAME", "alerts"), "KAFKA_PASSWORD");
    }

    @Test
    void settingsThatDontApplyAreRefused() {
        assertRefused(
                Map.of(
                        "KAFKA_CA_FILE", ca.toString(),
                        "KAFKA_CERT_FILE", cert.toString(),
                        "KAFKA_KEY_FILE", key.toString(),
                        "KAFKA_USERNAME", "alerts",
                        "KAFKA_PASSWORD", "secret"),
                "KAFKA_CA_FILE",
                "KAFKA_CERT_FILE",
                "KAFKA_KEY_FILE",
                "KAFKA_USERNAME",
                "KAFKA_PASSWORD");
        assertRefused(
                Map.of("KAFKA_SECURITY", "scram", "KAFKA_CA_FILE", ca.toString()),
                "KAFKA_CA_FILE",
                "KAFKA_USERNAME",
                "KAFKA_PASSWORD");
        assertRefused(Map.of("KAFKA_SECURITY", "tls", "KAFKA_CERT_FILE", cert.toString()), "KAFKA_CERT_FILE");
    }

    @Test
    void twoPasswordsAreRefused() throws IOException {
        assertRefused(
                Map.of(
                        "KAFKA_SECURITY", "scram",
                        "KAFKA_USERNAME", "alerts",
                        "KAFKA_PASSWORD", "secret",
                        "KAFKA_PASSWORD_FILE", file("password2", "secret").toString()),
                "KAFKA_PASSWORD_FILE");
    }

    @Test
    void filesThatAreMissingOrNotPemAreRefused() throws IOException {
        assertExpected("KAFKA_CA_FILE", temp.resolve("missing"), "readable");
        assertExpected("KAFKA_CA_FILE", temp, "readable");
        assertExpected("KAFKA_CA_FILE", file("text", "no certificate"), "BEGIN CERTIFICATE");
        assertExpected("KAFKA_CA_FILE", key, "BEGIN CERTIFICATE");
        assertExpected("KAFKA_CA_FILE", file("damaged", TestCertificate.pem("CERTIFICATE", new byte[100])), "readable");
        assertExpected("KAFKA_CERT_FILE", file("empty", ""), "BEGIN CERTIFICATE");
        assertExpected("KAFKA_KEY_FILE", cert, "PKCS#8");
    }

    @Test
    void otherKeyFormatsAreRefusedWithTheCommandToConvertThem() throws IOException {
        for (String label : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
            Path file = file(label.replace(' ', '-'), TestCertificate.pem(label, new byte[] {1, 2, 3}));
            assertExpected("KAFKA_KEY_FILE", file, "openssl pkcs8 -topk8 -nocrypt");
        }
        Path old = file(
                "old",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertExpected("KAFKA_KEY_FILE", old, "openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void anotherCertificatesKeyIsRefused() throws IOException {
        assertExpected("KAFKA_KEY_FILE", file("other.key", other.key()), "this key belongs to another certificate");
    }

    private static void assertExpected(String setting, Path file, String words) {
        Map<String, String> values = new HashMap<>(Map.of(
                "KAFKA_SECURITY", "mtls",
                "KAFKA_CA_FILE", ca.toString(),
                "KAFKA_CERT_FILE", cert.toString(),
                "KAFKA_KEY_FILE", key.toString()));
        values.put(setting, file.toString());
        assertThat(problems(values)).singleElement().satisfies(problem -> {
            assertThat(problem.setting()).isEqualTo(setting);
            assertThat(problem.found()).contains(file.toString());
            assertThat(problem.expected()).contains(words);
        });
    }

    private static void assertRefused(Map<String, String> values, String... settings) {
        assertThat(problems(values)).extracting(Problem::setting).containsExactlyInAnyOrder(settings);
        assertThat(problems(values))
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("\"secret\""));
    }

    private static List<Problem> problems(Map<String, String> values) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> read(values))
                .problems();
    }

    private static KafkaSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("environment", values)), KafkaSettings::read);
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }
}
