package io.alertstream.loadtest.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {

    @TempDir
    Path temp;

    @Test
    void defaultsAreOnThisMachine() {
        Targets targets = Targets.read(Map.of());
        assertThat(targets.shown())
                .containsEntry("kafka", "127.0.0.1:9092 (PLAINTEXT)")
                .containsEntry("topic", "alerts-simulated")
                .containsEntry("archive", "http://127.0.0.1:3000");
    }

    @Test
    void scramWithTlsReadsItsFilesAndPrintsNoSecret() throws IOException {
        Path ca = Files.writeString(temp.resolve("ca.crt"), "authority");
        Path password = Files.writeString(temp.resolve("password"), "pass\"word\n");
        Targets targets = Targets.read(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "one:9094,two:9094",
                "KAFKA_SECURITY", "scram-tls",
                "KAFKA_CA_FILE", ca.toString(),
                "KAFKA_USERNAME", "somebody",
                "KAFKA_PASSWORD_FILE", password.toString(),
                "ARCHIVE_TOKEN", "token"));
        Properties client = targets.kafka().with(Map.of("acks", "all"));
        assertThat(client)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("ssl.truststore.certificates", "authority")
                .containsEntry("acks", "all");
        assertThat(client.getProperty("sasl.jaas.config"))
                .contains("username=\"somebody\"", "password=\"pass\\\"word\"");
        assertThat(targets.toString()).doesNotContain("pass", "token");
    }

    @Test
    void mutualTlsReadsCertificateAndKey() throws IOException {
        String pem = Files.writeString(temp.resolve("pem"), "pem").toString();
        Targets targets = Targets.read(
                Map.of("KAFKA_SECURITY", "mtls", "KAFKA_CA_FILE", pem, "KAFKA_CERT_FILE", pem, "KAFKA_KEY_FILE", pem));
        assertThat(targets.kafka().with(Map.of()))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.keystore.type", "PEM")
                .containsEntry("ssl.keystore.certificate.chain", "pem")
                .containsEntry("ssl.keystore.key", "pem");
    }

    @Test
    void withoutACaFileJavasAuthoritiesAreTrusted() {
        Targets targets = Targets.read(Map.of("KAFKA_SECURITY", "tls"));
        assertThat(targets.kafka().with(Map.of()))
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKeys("ssl.truststore.type", "ssl.truststore.certificates");
    }

    @Test
    void anEmptyPasswordMeansNone() throws IOException {
        Path password = Files.writeString(temp.resolve("password"), "secret");
        Targets targets = Targets.read(Map.of(
                "KAFKA_SECURITY", "scram",
                "KAFKA_USERNAME", "somebody",
                "KAFKA_PASSWORD", "",
                "KAFKA_PASSWORD_FILE", password.toString()));
        assertThat(targets.kafka().with(Map.of()).getProperty("sasl.jaas.config"))
                .contains("password=\"secret\"");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThatThrownBy(() -> Targets.read(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", "nowhere",
                        "KAFKA_SECURITY", "scram-tls",
                        "KAFKA_CA_FILE", temp.resolve("absent").toString(),
                        "LOAD_TOPIC", "a b",
                        "ARCHIVE_URL", "ftp://x",
                        "SCHEMA_ID", "new")))
                .isInstanceOf(InvalidTargetsException.class)
                .hasMessageContainingAll(
                        "KAFKA_BOOTSTRAP_SERVERS: expected HOST:PORT",
                        "KAFKA_CA_FILE: expected a readable file",
                        "KAFKA_USERNAME: expected",
                        "KAFKA_PASSWORD: expected",
                        "LOAD_TOPIC: expected",
                        "ARCHIVE_URL: expected",
                        "SCHEMA_ID: expected");
        assertThatThrownBy(() -> Targets.read(Map.of("KAFKA_SECURITY", "none")))
                .hasMessageContaining("KAFKA_SECURITY: expected one of plaintext, tls, mtls, scram, scram-tls");
    }
}
