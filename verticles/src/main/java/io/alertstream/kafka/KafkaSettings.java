package io.alertstream.kafka;

import io.alertstream.settings.Secret;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where Kafka is and how its connections are secured.
 *
 * @param bootstrapServers {@code HOST:PORT}, several with commas
 * @param caFile PEM file of the certificates to trust; empty for Java's own
 * @param certFile PEM file of the client's certificate, only with {@code mtls}
 * @param keyFile PEM file of the client's PKCS#8 key, only with {@code mtls}
 * @param username of SCRAM-SHA-512, only with {@code scram} and {@code scram-tls}
 * @param password of SCRAM-SHA-512, only with {@code scram} and {@code scram-tls}
 * @param passwordFile the file that the password was read from, if any
 */
public record KafkaSettings(
        String bootstrapServers,
        KafkaSecurity security,
        Optional<Path> caFile,
        Optional<Path> certFile,
        Optional<Path> keyFile,
        Optional<String> username,
        Optional<Secret> password,
        Optional<Path> passwordFile) {

    public KafkaSettings {
        boolean mtls = security == KafkaSecurity.MTLS;
        if (certFile.isPresent() != mtls || keyFile.isPresent() != mtls) {
            throw new IllegalArgumentException("certificate and key belong to mtls, security is " + security);
        }
        if (username.isPresent() != security.scram() || password.isPresent() != security.scram()) {
            throw new IllegalArgumentException("user and password belong to scram, security is " + security);
        }
        if (caFile.isPresent() && !security.encrypted()) {
            throw new IllegalArgumentException("certificates to trust belong to TLS, security is " + security);
        }
    }

    /** Reads the settings; problems are reported to the reader. */
    public static KafkaSettings read(SettingsReader in) {
        return new KafkaSettingsReader(in).read();
    }

    /** A broker without encryption and authentication, such as the embedded one. */
    public static KafkaSettings plaintext(String bootstrapServers) {
        return new KafkaSettings(
                bootstrapServers,
                KafkaSecurity.PLAINTEXT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The files that connections depend on, by setting. */
    Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>();
        caFile.ifPresent(file -> files.put(Settings.KAFKA_CA_FILE.name(), file));
        certFile.ifPresent(file -> files.put(Settings.KAFKA_CERT_FILE.name(), file));
        keyFile.ifPresent(file -> files.put(Settings.KAFKA_KEY_FILE.name(), file));
        passwordFile.ifPresent(file -> files.put(Settings.KAFKA_PASSWORD_FILE.name(), file));
        return files;
    }
}
