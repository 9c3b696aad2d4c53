package io.alertstream.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The Kafka that all integration tests share; see {@link KafkaTest}. It is the embedded broker or, with
 * {@code -Dkafka.image=IMAGE}, a broker in a container, such as {@code apache/kafka-native:4.2.0}.
 */
public final class TestKafka implements AutoCloseable {

    /** The topic that the user {@code community} may read on the embedded broker. */
    public static final String COMMUNITY_TOPIC = "for-the-community";

    private static final AtomicInteger topics = new AtomicInteger();

    private final String bootstrapServers;
    private final Optional<String> communityServers;
    private final Closeable broker;

    private TestKafka(String bootstrapServers, Optional<String> communityServers, Closeable broker) {
        this.bootstrapServers = bootstrapServers;
        this.communityServers = communityServers;
        this.broker = broker;
    }

    static TestKafka start() throws IOException {
        return inContainer() ? container(image()) : embedded();
    }

    private static String image() {
        return System.getProperty("kafka.image", "");
    }

    /** Whether the broker runs in a container. */
    static boolean inContainer() {
        return !image().isEmpty();
    }

    /** Why no broker can be started, if that is so. */
    static Optional<String> missing() {
        return inContainer() && !DockerClientFactory.instance().isDockerAvailable()
                ? Optional.of("no container engine was found for kafka.image=" + image())
                : Optional.empty();
    }

    private static TestKafka embedded() throws IOException {
        Path directory = Files.createTempDirectory("test-kafka");
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerOptions(directory, 0, 0, COMMUNITY_TOPIC));
        return new TestKafka(broker.bootstrapServers(), Optional.of("127.0.0.1:" + broker.scramPort()), () -> {
            broker.close();
            delete(directory);
        });
    }

    private static TestKafka container(String image) {
        KafkaContainer container = new KafkaContainer(
                        DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka-native"))
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(12 << 20))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.start();
        return new TestKafka(container.getBootstrapServers(), Optional.empty(), container::stop);
    }

    /** {@code HOST:PORT} of a listener that allows everything. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** {@code HOST:PORT} of the listener for the user {@code community}; for tests with {@link EmbeddedBrokerAlone}. */
    public String communityServers() {
        return communityServers.orElseThrow();
    }

    /** A name that no other test uses; the topic isn't created. */
    public String newTopic(String prefix) {
        return prefix + "-" + topics.incrementAndGet();
    }

    /** Removes killed members from a group at once, instead of after their session timeout. */
    public void forgetMembers(String group) throws Exception {
        new BrokerAdmin(bootstrapServers).forgetMembers(group);
    }

    /** Deletes the messages before an offset, as retention does. */
    public void deleteBefore(String topic, int partition, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() throws IOException {
        broker.close();
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, IOException failure) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
