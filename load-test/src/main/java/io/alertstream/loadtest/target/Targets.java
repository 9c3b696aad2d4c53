package io.alertstream.loadtest.target;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is tested.
 *
 * @param kafka how Kafka is reached
 * @param topic where alerts are published and consumed
 * @param groupPrefix prefix of the consumer groups' names
 * @param archive the archive's server, without a trailing slash
 * @param archiveToken bearer token that an ingress in front of the server requires
 * @param schemaId the schema id that published alerts carry; if empty, it follows from their version
 */
public record Targets(
        KafkaAccess kafka,
        String topic,
        String groupPrefix,
        URI archive,
        Optional<String> archiveToken,
        Optional<Integer> schemaId) {

    /**
     * Reads the environment.
     *
     * @throws InvalidTargetsException if any setting is invalid
     */
    public static Targets read(Map<String, String> environment) {
        SettingsIn in = new SettingsIn(environment);
        Map<String, String> kafka = kafka(in);
        URI archive =
                in.text("ARCHIVE_URL", "http://127.0.0.1:3000", "an address such as http://localhost:3000", text -> {
                    URI uri = URI.create(text.replaceFirst("/+$", ""));
                    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                    return web && uri.getHost() != null ? uri : null;
                });
        String topic = in.text(
                "LOAD_TOPIC",
                "alerts-simulated",
                "a topic's name: 1 to 249 of a-z A-Z 0-9 . _ -",
                text -> text.matches("[a-zA-Z0-9._-]{1,249}") ? text : null);
        String groups = in.text(
                "LOAD_GROUP", "load-test", "the beginning of a group's name", text -> text.isBlank() ? null : text);
        Optional<Integer> schemaId = in.text(
                "SCHEMA_ID",
                "version",
                "version, or a number",
                text -> text.equals("version")
                        ? Optional.<Integer>empty()
                        : Optional.of(Integer.parseUnsignedInt(text)));
        Optional<String> token = in.secret("ARCHIVE_TOKEN", "ARCHIVE_TOKEN_FILE");
        in.throwIfProblems();
        return new Targets(new KafkaAccess(kafka), topic, groups, archive, token, schemaId);
    }

    private static Map<String, String> kafka(SettingsIn in) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(
                "bootstrap.servers",
                in.text(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "127.0.0.1:9092",
                        "HOST:PORT, more with commas",
                        text -> text.matches("[^,\\s]+:\\d+(,[^,\\s]+:\\d+)*") ? text : null));
        Security security = in.text(
                "KAFKA_SECURITY", "plaintext", "one of plaintext, tls, mtls, scram, scram-tls", text -> Security.of(
                                text)
                        .orElse(null));
        if (security == null) {
            return properties;
        }
        properties.put("security.protocol", security.protocol());
        if (security.tls()) {
            in.file("KAFKA_CA_FILE").ifPresent(pem -> {
                properties.put("ssl.truststore.type", "PEM");
                properties.put("ssl.truststore.certificates", pem);
            });
        }
        if (security == Security.MTLS) {
            properties.put("ssl.keystore.type", "PEM");
            in.file("KAFKA_CERT_FILE", security)
                    .ifPresent(pem -> properties.put("ssl.keystore.certificate.chain", pem));
            in.file("KAFKA_KEY_FILE", security).ifPresent(pem -> properties.put("ssl.keystore.key", pem));
        }
        if (security.scram()) {
            properties.put("sasl.mechanism", "SCRAM-SHA-512");
            properties.put("sasl.jaas.config", jaas(in, security));
        }
        return properties;
    }

    private static String jaas(SettingsIn in, Security security) {
        String user = in.required("KAFKA_USERNAME", security).orElse("");
        String password = in.secret("KAFKA_PASSWORD", "KAFKA_PASSWORD_FILE").orElseGet(() -> {
            in.problem("KAFKA_PASSWORD: expected it or KAFKA_PASSWORD_FILE with KAFKA_SECURITY=" + security);
            return "";
        });
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=%s password=%s;"
                .formatted(quoted(user), quoted(password));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** What may be printed. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("kafka", kafka.toString());
        shown.put("topic", topic);
        shown.put("archive", archive.toString());
        shown.put("schemaId", schemaId.map(String::valueOf).orElse("version"));
        return shown;
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        shown().forEach((name, value) -> all.add(name + " " + value));
        return String.join(", ", all);
    }
}
