package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.local.BrokerOptions;
import io.alertstream.local.EmbeddedBroker;
import io.alertstream.local.EmbeddedBrokerAlone;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of {@code KAFKA_SECURITY} against a broker with a listener for each. */
@EmbeddedBrokerAlone("it has a listener for each kind of security")
class KafkaSecurityIT {

    private static final String TOPIC = "secured";

    @TempDir
    static Path temp;

    private static final Vertx vertx = Vertx.vertx();
    private static EmbeddedBroker broker;
    private static Map<String, String> files;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate server = TestCertificate.make(temp, "server");
        TestCertificate client = TestCertificate.make(temp, "client");
        TestCertificate stranger = TestCertificate.make(temp, "stranger");
        files = Map.of(
                "ca", write("ca.crt", stranger.certificate() + server.certificate()),
                "other-ca", write("other-ca.crt", stranger.certificate()),
                "cert", write("user.crt", client.certificate()),
                "key", write("user.key", client.key()),
                "other-cert", write("other.crt", stranger.certificate()),
                "other-key", write("other.key", stranger.key()));
        Map<String, String> settings = Map.of(
                "ssl.keystore.type", "PEM",
                "ssl.keystore.certificate.chain", TestCertificate.oneLine(server.certificate()),
                "ssl.keystore.key", TestCertificate.oneLine(server.key()),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", TestCertificate.oneLine(client.certificate()),
                "listener.name.mtls.ssl.client.auth", "required",
                "listener.name.scramtls.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "super.users", "User:ANONYMOUS;User:CN=client");
        broker = EmbeddedBroker.start(new BrokerOptions(temp.resolve("kafka"), 0, 0, TOPIC)
                .with(Map.of("TLS", "SSL", "MTLS", "SSL", "SCRAMTLS", "SASL_SSL"), settings));
        Topics topics = new KafkaClients(vertx, KafkaSettings.plaintext(broker.bootstrapServers())).topics();
        Await.result(topics.createIfAbsent(TOPIC, 1, Map.of()));
        Await.result(topics.close());
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
        Await.result(vertx.close());
    }

    @Test
    void tlsWithSeveralTrustedCertificates() throws Exception {
        assertWritesAndReads(settings("TLS", "tls", Map.of("KAFKA_CA_FILE", files.get("ca"))));
    }

    @Test
    void mutualTlsWithStrimzisFiles() throws Exception {
        assertWritesAndReads(settings("MTLS", "mtls", mtls("cert", "key")));
    }

    @Test
    void scramWithoutTls() throws Exception {
        assertReadsAndIsRefusedAWrite(settings("COMMUNITY", "scram", scram("community")));
    }

    @Test
    void scramWithTls() throws Exception {
        Map<String, String> values = new HashMap<>(scram("community"));
        values.put("KAFKA_CA_FILE", files.get("ca"));
        assertReadsAndIsRefusedAWrite(settings("SCRAMTLS", "scram-tls", values));
    }

    @Test
    void anUntrustedBrokerFailsAtOnce() throws Exception {
        assertRefused(settings("TLS", "tls", Map.of("KAFKA_CA_FILE", files.get("other-ca"))), "KAFKA_SECURITY=tls");
    }

    @Test
    void anUntrustedClientCertificateFailsAtOnce() throws Exception {
        assertRefused(settings("MTLS", "mtls", mtls("other-cert", "other-key")), "KAFKA_CERT_FILE");
    }

    @Test
    void aWrongPasswordFailsAtOnceAndIsNotShown() throws Exception {
        assertRefused(settings("COMMUNITY", "scram", scram("secret-but-wrong")), "KAFKA_USERNAME=community");
    }

    private static void assertWritesAndReads(KafkaSettings settings) throws Exception {
        KafkaClients clients = new KafkaClients(vertx, settings);
        MessageProducer producer = clients.producer(1 << 20);
        Topics topics = clients.topics();
        TopicReader reader = clients.reader();
        Position sent = Await.result(producer.send(NewMessage.of(TOPIC, "hello".getBytes(StandardCharsets.UTF_8))));
        TopicState state = Await.result(topics.state(TOPIC)).orElseThrow();
        assertThat(Await.result(reader.read(state, message -> Future.succeededFuture())))
                .isGreaterThan(sent.offset());
        Await.result(Future.join(producer.close(), topics.close(), reader.close()));
    }

    private static void assertReadsAndIsRefusedAWrite(KafkaSettings settings) throws Exception {
        assertWritesAndReads(KafkaSettings.plaintext(broker.bootstrapServers()));
        KafkaClients clients = new KafkaClients(vertx, settings);
        MessageProducer producer = clients.producer(1 << 20);
        assertThatThrownBy(() -> Await.result(producer.send(NewMessage.of(TOPIC, new byte[1]))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("sending to " + TOPIC)
                .hasMessageContaining("KAFKA_USERNAME=community");
        GroupConsumer consumer = clients.groupConsumer("community-security");
        List<Message> received = new CopyOnWriteArrayList<>();
        Await.result(consumer.subscribe(Set.of(TOPIC), new Recorder(received)));
        Await.until("messages", () -> !received.isEmpty());
        Await.result(Future.join(producer.close(), consumer.close()));
    }

    private static void assertRefused(KafkaSettings settings, String words) throws Exception {
        KafkaClients clients = new KafkaClients(vertx, settings);
        MessageProducer producer = clients.producer(1 << 20);
        GroupConsumer consumer = clients.groupConsumer("community-refused");
        Topics topics = clients.topics();
        Recorder recorder = new Recorder(new CopyOnWriteArrayList<>());
        assertThatThrownBy(() -> Await.result(topics.state(TOPIC)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("secret-but-wrong");
        assertThatThrownBy(() -> Await.result(producer.send(NewMessage.of(TOPIC, new byte[1]))))
                .isInstanceOf(RefusedException.class);
        Await.result(consumer.subscribe(Set.of(TOPIC), recorder));
        Await.until("reading fails", () -> !recorder.failures.isEmpty());
        assertThat(recorder.failures).singleElement().isInstanceOf(RefusedException.class);
        Await.result(Future.join(producer.close(), consumer.close(), topics.close()));
    }

    private static Map<String, String> mtls(String cert, String key) {
        return Map.of(
                "KAFKA_CA_FILE", files.get("ca"), "KAFKA_CERT_FILE", files.get(cert), "KAFKA_KEY_FILE", files.get(key));
    }

    private static Map<String, String> scram(String password) {
        return Map.of("KAFKA_USERNAME", "community", "KAFKA_PASSWORD", password);
    }

    private static KafkaSettings settings(String listener, String security, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + broker.port(listener));
        values.put("KAFKA_SECURITY", security);
        return SettingsReader.read(List.of(new SettingValues("environment", values)), KafkaSettings::read);
    }

    private static String write(String name, String text) throws Exception {
        return Files.writeString(temp.resolve(name), text).toString();
    }
}
