package io.alertstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.alertstream.local.BrokerException.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@EmbeddedBrokerAlone("it is what is tested")
class EmbeddedBrokerIT {

    private static final String TOPIC = "kept";

    @TempDir
    Path temp;

    @Test
    void aSecondStartContinuesOnOtherPorts() throws Exception {
        int firstPort;
        try (EmbeddedBroker broker = EmbeddedBroker.start(options())) {
            firstPort = broker.port();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get(10, TimeUnit.SECONDS);
            }
            write(broker, "first");
        }
        try (ServerSocket taken = new ServerSocket(firstPort, 1, InetAddress.getLoopbackAddress());
                EmbeddedBroker broker = EmbeddedBroker.start(options())) {
            assertThat(broker.port()).isNotEqualTo(taken.getLocalPort());
            write(broker, "second");
            assertThat(read(broker, 2)).containsExactly("first", "second");
        }
    }

    @Test
    @Timeout(60)
    void removesTheMembersOfAGroupIfAny() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(options());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(10, TimeUnit.SECONDS);
            broker.forgetMembers("group");
            joinAndVanish(broker, "group");
            assertThat(members(admin, "group")).isEqualTo(1);

            broker.forgetMembers("group");
            assertThat(members(admin, "group")).isZero();
            broker.forgetMembers("group");
        }
    }

    /** Joins and vanishes like a killed consumer, with a session timeout of five minutes. */
    private static void joinAndVanish(EmbeddedBroker broker, String group) {
        Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        group,
                        "session.timeout.ms",
                        "300000"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(TOPIC));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(100));
        }
        consumer.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
    }

    private static int members(Admin admin, String group) throws Exception {
        return admin.describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get(10, TimeUnit.SECONDS)
                .members()
                .size();
    }

    @Test
    void stopsWithinThreeSeconds() {
        EmbeddedBroker broker = EmbeddedBroker.start(options());
        long start = System.nanoTime();
        broker.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aPortInUseIsAClearErrorBeforeAnythingIsWritten() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Path directory = temp.resolve("kafka");
            assertRefused(new BrokerOptions(directory, port, 0, TOPIC), Problem.PLAINTEXT_PORT_IN_USE, ":" + port);
            assertRefused(new BrokerOptions(directory, 0, port, TOPIC), Problem.SCRAM_PORT_IN_USE, ":" + port);
            assertThat(directory).doesNotExist();
        }
    }

    @Test
    void aDirectoryInUseIsAClearError() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(options())) {
            assertRefused(options(), Problem.DIRECTORY_IN_USE, "in use");
            assertThat(broker.failure().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsAClearError() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertRefused(new BrokerOptions(file, 0, 0, TOPIC), Problem.DIRECTORY_UNUSABLE, file.toString());
        assertRefused(
                new BrokerOptions(file.resolve("kafka"), 0, 0, TOPIC), Problem.DIRECTORY_UNUSABLE, file.toString());
    }

    @Test
    void aDirectoryOfAnotherProgramIsLeftUnchanged() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("kafka"));
        Files.writeString(directory.resolve("thesis.txt"), "of somebody");
        assertRefused(options(), Problem.DIRECTORY_FOREIGN, "thesis.txt");
        assertThat(directory.resolve("meta.properties")).doesNotExist();
    }

    @Test
    void aLogOfAnotherNodeOrVersionIsAClearError() throws IOException {
        Path meta = Files.createDirectory(temp.resolve("kafka")).resolve("meta.properties");
        Files.writeString(meta, "version=1\ncluster.id=other\nnode.id=7\n");
        assertRefused(options(), Problem.DIRECTORY_FOREIGN, "7");
        Files.writeString(meta, "version=99\ncluster.id=other\nnode.id=1\n");
        assertRefused(options(), Problem.DIRECTORY_FOREIGN, "99");
        Files.writeString(meta, "\0 not properties");
        assertRefused(options(), Problem.DIRECTORY_FOREIGN, "node ID not found");
    }

    @Test
    void aLogOfANewerKafkaIsAClearError() throws Exception {
        String directory = temp.resolve("kafka").toString();
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setUnstableFeatureVersionsEnabled(true)
                    .setReleaseVersion(MetadataVersion.latestTesting())
                    .setNodeId(1)
                    .setClusterId("other")
                    .setDirectories(List.of(directory))
                    .setMetadataLogDirectory(directory)
                    .setControllerListenerName("CONTROLLER")
                    .run();
        }
        assertRefused(options(), Problem.FAILED, "kafka");
    }

    private BrokerOptions options() {
        return new BrokerOptions(temp.resolve("kafka"), 0, 0, TOPIC);
    }

    private static void assertRefused(BrokerOptions options, Problem problem, String words) {
        assertThatThrownBy(() -> EmbeddedBroker.start(options).close())
                .hasMessageContaining(words)
                .asInstanceOf(type(BrokerException.class))
                .extracting(BrokerException::problem)
                .isEqualTo(problem);
    }

    private static void write(EmbeddedBroker broker, String value) throws Exception {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(EmbeddedBroker broker, int count) {
        try (Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            List<String> values = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(found -> values.add(found.value()));
            }
            return values;
        }
    }
}
