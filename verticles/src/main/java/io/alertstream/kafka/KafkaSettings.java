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
 * @param caFile PEM file of the certificates to trust; none means those that Java trusts
 * @param certFile PEM file of the client's certificate, with {@code mtls} alone
 * @param keyFile PEM file of the client's PKCS#8 key, with {@code mtls} alone
 * @param username of SCRAM-SHA-512, with {@code scram} and {@code scram-tls} alone
 * @param password of SCRAM-SHA-512, with {@code scram} and {@code scram-tls} alone
 * @param passwordFile where the password was read from, if from a file
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

    /** Reads them; whatever can't be used, or doesn't fit together, is reported to the reader. */
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

    /** A broker that knows users and doesn't encrypt, such as the embedded one's listener for the community. */
    public static KafkaSettings scram(String bootstrapServers, String username, Secret password) {
        return new KafkaSettings(
                bootstrapServers,
                KafkaSecurity.SCRAM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(username),
                Optional.of(password),
                Optional.empty());
    }

    /** The files that connections depend on, by the setting that names each. */
    Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>();
        caFile.ifPresent(file -> files.put(Settings.KAFKA_CA_FILE.name(), file));
        certFile.ifPresent(file -> files.put(Settings.KAFKA_CERT_FILE.name(), file));
        keyFile.ifPresent(file -> files.put(Settings.KAFKA_KEY_FILE.name(), file));
        passwordFile.ifPresent(file -> files.put(Settings.KAFKA_PASSWORD_FILE.name(), file));
        return files;
    }
}
