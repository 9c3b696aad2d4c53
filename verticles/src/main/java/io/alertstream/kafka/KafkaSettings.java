package io.alertstream.kafka;

import io.alertstream.settings.KafkaSecurity;
import io.alertstream.settings.Secret;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Kafka is and how its connections are secured.
 *
 * @param bootstrapServers {@code HOST:PORT}, several with commas
 * @param caFile PEM file of the certificates to trust; none means those that Java trusts
 * @param certFile PEM file of the client's certificate, with {@code mtls} alone
 * @param keyFile PEM file of the client's PKCS#8 key, with {@code mtls} alone
 * @param username of SCRAM-SHA-512, with {@code scram} and {@code scram-tls} alone
 * @param password of SCRAM-SHA-512, with {@code scram} and {@code scram-tls} alone
 */
public record KafkaSettings(
        String bootstrapServers,
        KafkaSecurity security,
        Optional<Path> caFile,
        Optional<Path> certFile,
        Optional<Path> keyFile,
        Optional<String> username,
        Optional<Secret> password) {

    /** Reads them; whatever doesn't fit together is reported to the reader. */
    public static KafkaSettings read(SettingsReader in) {
        return new KafkaSettings(
                in.get(Settings.KAFKA_BOOTSTRAP_SERVERS),
                in.get(Settings.KAFKA_SECURITY),
                in.get(Settings.KAFKA_CA_FILE),
                in.get(Settings.KAFKA_CERT_FILE),
                in.get(Settings.KAFKA_KEY_FILE),
                in.get(Settings.KAFKA_USERNAME),
                in.get(Settings.KAFKA_PASSWORD));
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
                Optional.empty());
    }
}
