package io.alertstream.kafka;

import io.alertstream.settings.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** Configuration of a secured connection. */
final class ClientSecurity {

    private ClientSecurity() {}

    static Map<String, Object> config(KafkaSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol(settings.security()));
        if (settings.security().scram()) {
            config.put(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-512");
            config.put(SaslConfigs.SASL_JAAS_CONFIG, login(settings));
        }
        settings.caFile().ifPresent(file -> {
            config.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            config.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file.toString());
        });
        if (settings.security() == KafkaSecurity.MTLS) {
            // Strimzi keeps certificate and key in two files. Kafka accepts one file with both, or their contents.
            config.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
            config.put(
                    SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
                    text(settings.certFile().orElseThrow()));
            config.put(
                    SslConfigs.SSL_KEYSTORE_KEY_CONFIG, text(settings.keyFile().orElseThrow()));
        }
        return config;
    }

    private static Password text(Path file) {
        return new Password(PemFile.read(file).text());
    }

    private static String protocol(KafkaSecurity security) {
        return (security.scram() ? "SASL_" : "") + (security.encrypted() ? "SSL" : "PLAINTEXT");
    }

    private static Password login(KafkaSettings settings) {
        return new Password("org.apache.kafka.common.security.scram.ScramLoginModule required username="
                + quoted(settings.username().orElseThrow()) + " password="
                + quoted(settings.password().map(Secret::reveal).orElseThrow()) + ";");
    }

    /** Quoted as JAAS requires. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
